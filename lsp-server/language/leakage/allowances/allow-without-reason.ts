import { bad, good, type RuleText } from "../rule.ts";

/** A comment that would allow something, and does not say why or what. It allows nothing. */
export const allowWithoutReason: RuleText = {
  id: "allow-without-reason",
  kind: "suppression",
  tier: "core",
  severity: "warning",
  title: "Allowed without a reason",
  why: "Whoever reads this later cannot tell an exception from an oversight.",
  instead: "Write `# lookback: allow <rule-id> — reason`.",
  source: "Lookback: an exception is part of the project and is reviewed like its code",
  examples: [
    bad(
      "no reason is given",
      `
df = pd.read_csv("houses.csv")  # lookback: allow multi-test
#                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
      "This comment gives no reason, so `multi-test` is still reported.",
    ),
    bad(
      "a rule that does not exist",
      `
df = pd.read_csv("houses.csv")  # lookback: allow multi-tests — asked for by the customer
#                                                 ^^^^^^^^^^^
`,
      'There is no rule called `multi-tests`, so nothing is allowed by that name. Did you mean "multi-test"?',
    ),
    bad(
      "no rule is named",
      `
df = pd.read_csv("houses.csv")  # lookback: allow — asked for by the customer
#                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
      "This comment names no rule, so it allows nothing.",
    ),
    good(
      "the reason goes on below",
      `
df = pd.read_csv("houses.csv")
model = LinearRegression().fit(df[["size"]], df["price"])
# lookback: allow evaluate-on-train — the formula is documented,
# nobody is promised anything by this number
print(model.score(df[["size"]], df["price"]))
`,
    ),
  ],
};

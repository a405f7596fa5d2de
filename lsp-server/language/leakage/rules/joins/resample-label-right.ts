import type { JoinFact } from "../../facts/values/join-fact.ts";
import type { Fix } from "../../finding.ts";
import { withMoreArguments } from "../../fixes/call-text.ts";
import type { Place } from "../../ir.ts";
import { bad, good, type NotebookFacts, rule } from "../../rule.ts";
import { joinedInputs, modelOf, pathOf } from "./joined-inputs.ts";

/** A bar stands at the beginning of what it sums up, and is joined to moments inside it. */
export const resampleLabelRight = rule({
  id: "resample-label-right",
  kind: "join",
  tier: "extra",
  severity: "warning",
  title: "Bars joined before they end",
  why: "The bar of ten o'clock holds what happens until eleven: half past ten is given what comes after it.",
  instead: 'Let a bar stand where it ends: `resample(rule, label="right")`, or shift the bars by one.',
  source: "pandas, DataFrame.resample: label and closed",
  examples: [
    bad(
      "the mean of an hour that is not over",
      `
ticks = pd.read_csv("ticks.csv", parse_dates=["at"]).sort_values("at")
bars = ticks.set_index("at")[["price"]].resample("h").mean().reset_index()
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ stands where it begins
orders = pd.read_csv("orders.csv", parse_dates=["at"]).sort_values("at")
joined = pd.merge_asof(orders, bars, on="at", tolerance=pd.Timedelta("2h"))
train, test = joined[:800], joined[800:]
model = Ridge().fit(train[["price"]], train["amount"])
print(model.score(test[["price"]], test["amount"]))
`,
      'Each bar of `resample` stands at the moment it begins, and is joined to rows by `at`: `Ridge` is given what happens in it later. `label="right"` puts it where it ends.',
    ),
    good(
      "where it ends",
      `
ticks = pd.read_csv("ticks.csv", parse_dates=["at"]).sort_values("at")
bars = ticks.set_index("at")[["price"]].resample("h", label="right").mean().reset_index()
orders = pd.read_csv("orders.csv", parse_dates=["at"]).sort_values("at")
joined = pd.merge_asof(orders, bars, on="at", tolerance=pd.Timedelta("2h"))
train, test = joined[:800], joined[800:]
model = Ridge().fit(train[["price"]], train["amount"])
print(model.score(test[["price"]], test["amount"]))
`,
    ),
    good(
      "the bar before",
      `
ticks = pd.read_csv("ticks.csv", parse_dates=["at"]).sort_values("at")
bars = ticks.set_index("at")[["price"]].resample("h").mean().shift(1).reset_index()
orders = pd.read_csv("orders.csv", parse_dates=["at"]).sort_values("at")
joined = pd.merge_asof(orders, bars, on="at", tolerance=pd.Timedelta("2h"))
train, test = joined[:800], joined[800:]
model = Ridge().fit(train[["price"]], train["amount"])
print(model.score(test[["price"]], test["amount"]))
`,
    ),
    good(
      "months stand where they end",
      `
ticks = pd.read_csv("ticks.csv", parse_dates=["at"]).sort_values("at")
bars = ticks.set_index("at")[["price"]].resample("ME").mean().reset_index()
orders = pd.read_csv("orders.csv", parse_dates=["at"]).sort_values("at")
joined = pd.merge_asof(orders, bars, on="at", tolerance=pd.Timedelta("60d"))
train, test = joined[:800], joined[800:]
model = Ridge().fit(train[["price"]], train["amount"])
print(model.score(test[["price"]], test["amount"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of joinedInputs(facts, (join) => unfinishedBars(join) !== null)) {
      const at = unfinishedBars(found.join);
      if (!at) continue;
      report({
        at,
        message: `Each bar of \`resample\` stands at the moment it begins, and is joined to rows by \`${found.join.asOf?.leftTime}\`: ${modelOf(found)} is given what happens in it later. \`label="right"\` puts it where it ends.`,
        path: pathOf(facts, found, "joined before they end"),
        fixes: fixesOf(facts, at),
      });
    }
  },
});

/** Where the bars on the right of a join as of were made, if they stand at their beginning. */
function unfinishedBars({ how, right: { bars } }: JoinFact): Place | null {
  return how === "as-of" && bars && !bars.isLabelledRight ? bars.at : null;
}

function fixesOf(facts: NotebookFacts, at: Place): Fix[] {
  const newText = withMoreArguments(facts.textOf(at), 'label="right"');
  return [
    {
      title: "Let each bar stand where it ends",
      kind: "automatic",
      edits: [{ cellId: at.cell, range: at, newText }],
    },
  ];
}

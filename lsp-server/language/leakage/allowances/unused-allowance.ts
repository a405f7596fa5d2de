import { good, note, type RuleText } from "../rule.ts";

/** A comment allows what is not found any more. */
export const unusedAllowance: RuleText = {
  id: "unused-allowance",
  kind: "suppression",
  tier: "core",
  severity: "information",
  title: "Nothing here needs to be allowed",
  why: "The next fault of this kind would pass for the exception that was once made.",
  instead: "Remove the comment, or the rule from it.",
  source: "Lookback: an exception is part of the project and is reviewed like its code",
  examples: [
    note(
      "the rows were parted since",
      `
df = pd.DataFrame({"size": [50, 80, 120], "price": [1, 2, 3]})
train, test = train_test_split(df)
model = LinearRegression().fit(train[["size"]], train["price"])
# lookback: allow evaluate-on-train — a first look
#                 ^^^^^^^^^^^^^^^^^
print(model.score(test[["size"]], test["price"]))
`,
      "`evaluate-on-train` finds nothing here that would have to be allowed.",
    ),
    good(
      "the score is of the training rows",
      `
df = pd.read_csv("houses.csv")
model = LinearRegression().fit(df[["size"]], df["price"])
print(model.score(df[["size"]], df["price"]))  # lookback: allow evaluate-on-train — a first look
`,
    ),
  ],
};

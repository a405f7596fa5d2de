import type { Fit } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { bad, distinct, good, type NotebookFacts, rule, step } from "../../rule.ts";
import { targetEncoders } from "./target-encoders.ts";

/** Training rows are told the mean of their own answers. */
export const targetEncodingNoFolds = rule({
  id: "target-encoding-no-folds",
  kind: "target-encoding",
  tier: "core",
  severity: "warning",
  title: "Encoded by the target without folds",
  why: "Each training row's answer is part of the mean that stands in its place: the model trusts the column far more than test rows, which had no part in it, bear out.",
  instead:
    "scikit-learn's `TargetEncoder().fit_transform` encodes each fold by the others; `fit(…).transform(…)` of the same rows does not. Or take the means out of fold.",
  source: "scikit-learn, TargetEncoder: fit(X, y).transform(X) does not equal fit_transform(X, y)",
  examples: [
    bad(
      "fitted, then applied to the same rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
encoder = TargetEncoder().fit(X_train, y_train)
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ of the rows it encodes
model = Ridge().fit(encoder.transform(X_train), y_train)
model.score(encoder.transform(X_test), y_test)
`,
      "`TargetEncoder` learned the answers of the training rows and encodes these very rows by them, and `Ridge` learned from the result.",
    ),
    bad(
      "means of the training rows, beside the training rows",
      `
df = pd.read_csv("data.csv")
train, test = train_test_split(df)
means = train.groupby("city")["price"].mean()
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ of the rows it stands beside
train["city_mean"], test["city_mean"] = train["city"].map(means), test["city"].map(means)
Ridge().fit(train[["city_mean"]], train["price"]).score(test[["city_mean"]], test["price"])
`,
      "`mean` learned the answers of the training rows and encodes these very rows by them, and `Ridge` learned from the result.",
    ),
    good(
      "the encoder's own folds",
      `
from sklearn.preprocessing import TargetEncoder
X_train, X_test, y_train, y_test = train_test_split(X, y)
encoder = TargetEncoder()
model = Ridge().fit(encoder.fit_transform(X_train, y_train), y_train)
model.score(encoder.transform(X_test), y_test)
`,
    ),
    good(
      "means out of fold",
      `
df = pd.read_csv("data.csv")
train, test = train_test_split(df)
train["city_mean"] = 0.0
for others, fold in KFold(5).split(train):
    means = train.iloc[others].groupby("city")["price"].mean()
    train.iloc[fold, -1] = train.iloc[fold]["city"].map(means)
test["city_mean"] = test["city"].map(train.groupby("city")["price"].mean())
Ridge().fit(train[["city_mean"]], train["price"]).score(test[["city_mean"]], test["price"])
`,
    ),
    good(
      "means by group of what is known before",
      `
df = pd.read_csv("data.csv")
train, test = train_test_split(df)
means = train.groupby("city")["size"].mean()
train["city_mean"], test["city_mean"] = train["city"].map(means), test["city"].map(means)
Ridge().fit(train[["city_mean"]], train["price"]).score(test[["city_mean"]], test["price"])
`,
    ),
  ],
  check(facts, report) {
    const seen = new Map<string, { mark: Mark; fits: Fit[] }>();
    for (const fit of facts.fits.values())
      for (const mark of fit.inputs.marks.values()) {
        if (!isOfItsOwn(facts, mark, fit)) continue;
        const entry = seen.get(mark.id) ?? { mark, fits: [] };
        entry.fits.push(fit);
        seen.set(mark.id, entry);
      }
    for (const { mark, fits } of seen.values())
      report({
        at: mark.at,
        message:
          `\`${mark.label}\` learned the answers of the training rows and encodes these very rows by them, and \`${fits[0]?.model}\` ` +
          "learned from the result.",
        path: distinct([
          step("source", mark.at, `${mark.label} learns the answers`),
          ...fits.map((fit) => step("fit", fit.statement, `${fit.model} is fitted`)),
        ]),
      });
  },
});

/** Whether the training rows, and no others, were encoded by their own answers. Before a split it is another fault. */
function isOfItsOwn(facts: NotebookFacts, mark: Mark, { inputs, target }: Fit): boolean {
  if (!mark.rows || mark.rows.key !== inputs.rows?.key) return false;
  const isHeldOut = mark.rows.limits.some(({ side }) => side === "train");
  if (!isHeldOut) return false;
  if (mark.kind === "statistic")
    return mark.of !== null && mark.of === target?.column && mark.label !== "corr";
  if (mark.kind !== "supervised" || !targetEncoders.has(mark.label)) return false;
  const isCrossFitting =
    leavingOut.has(mark.label) || facts.imports.has("sklearn.preprocessing.TargetEncoder");
  return !(isCrossFitting && facts.textOf(mark.at).includes(".fit_transform("));
}

/** Encoders that leave each row's own answer out of its mean, when they are told the answers. */
const leavingOut: ReadonlySet<string> = new Set(["CatBoostEncoder", "LeaveOneOutEncoder"]);

import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { overlap } from "../../facts/values/rows.ts";
import { bad, distinct, good, leaksOf, note, rule, scoreStep, step } from "../../rule.ts";
import { heldOut } from "../held-out.ts";
import { marksBeforeSplits } from "../marks-before-splits.ts";

/** Rows were repeated, made up or left out before the split: test rows have copies among the training rows, or another balance. */
export const resampleBeforeSplit = rule({
  id: "resample-before-split",
  kind: "overlap",
  tier: "core",
  severity: "error",
  title: "Resampled before the split",
  why: "Rows made from test rows are among the training rows, and the test rows no longer have the balance production has.",
  instead:
    "Split first and resample the training rows alone; in cross-validation, put the sampler into an imbalanced-learn pipeline.",
  source: "imbalanced-learn, Common pitfalls; Yang et al., ASE 2022",
  examples: [
    bad(
      "SMOTE on all rows",
      `
df = pd.read_csv("cards.csv")
X, y = df.drop(columns="fraud"), df["fraud"]
X_more, y_more = SMOTE(random_state=1).fit_resample(X, y)
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ makes rows from all rows
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more)
model = SVC().fit(X_train, y_train)
model.score(X_test, y_test)
`,
      "`SMOTE` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    bad(
      "several samplers, one after the other",
      `
df = pd.read_csv("cards.csv")
for sampler in [SMOTE(), ADASYN()]:
    X_more, y_more = sampler.fit_resample(df[["a"]], df["fraud"])
    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ makes rows from all rows
    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ and so does the second
    X_train, X_test, y_train, y_test = train_test_split(X_more, y_more)
    print(SVC().fit(X_train, y_train).score(X_test, y_test))
`,
      "`SMOTE` changed the rows before they were split into training and test rows; 1 score rests on it.",
      "`ADASYN` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    bad(
      "the rare rows drawn again and again",
      `
df = pd.read_csv("cards.csv")
common, rare = df[df["fraud"] == 0], df[df["fraud"] == 1]
more = resample(rare, replace=True, n_samples=len(common))
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repeats rows
df = pd.concat([common, more])
train, test = train_test_split(df)
SVC().fit(train[["a"]], train["fraud"]).score(test[["a"]], test["fraud"])
`,
      "`resample` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    bad(
      "before cross-validation",
      `
df = pd.read_csv("cards.csv")
X, y = RandomOverSampler().fit_resample(df[["a", "b"]], df["fraud"])
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repeats rows
cross_val_score(SVC(), X, y)
`,
      "`RandomOverSampler` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    bad(
      "before a search whose table of scores is read",
      `
df = pd.read_csv("cards.csv")
X, y = AllKNN().fit_resample(df[["a", "b"]], df["fraud"])
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leaves rows out of all rows
search = GridSearchCV(SVC(), {"C": [1, 10]})
search.fit(X, y)
pd.DataFrame(search.cv_results_)
`,
      "`AllKNN` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    bad(
      "one class stands there twice more",
      `
df = pd.read_csv("data.csv")
rare = df[df["y"] == 1]
df = pd.concat([df, rare, rare])
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ the same rows on both sides
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`concat` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    bad(
      "every row three times",
      `
df = pd.read_csv("data.csv")
df = df.loc[df.index.repeat(3)]
#           ^^^^^^^^^^^^^^^^^^ the same rows on both sides
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`repeat` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    bad(
      "each row once more, with noise",
      `
import numpy as np
df = pd.read_csv("data.csv")
X, y = df[["a"]].values, df["y"].values
X = np.vstack([X, X + np.random.normal(0, 0.01, X.shape)])
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nearly the same rows on both sides
X_train, X_test, y_train, y_test = train_test_split(X, np.hstack([y, y]))
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`vstack` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    good(
      "two files, or the halves of a split, behind each other",
      `
old, new = pd.read_csv("old.csv"), pd.read_csv("new.csv")
df = pd.concat([old, new])
train, test = train_test_split(df)
model = SVC().fit(train[["a"]], train["y"])
model.score(test[["a"]], test["y"])
again = pd.concat([train, test])
`,
    ),
    good(
      "the training rows alone",
      `
df = pd.read_csv("cards.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["fraud"])
X_more, y_more = SMOTE().fit_resample(X_train, y_train)
SVC().fit(X_more, y_more).score(X_test, y_test)
`,
    ),
    good(
      "in a pipeline that resamples in every fold",
      `
cross_val_score(make_pipeline(SMOTE(), SVC()), X, y)
`,
    ),
    bad(
      "one row made of each item of a list",
      `
orders = pd.read_csv("orders.csv")
items = orders.explode("items")
#       ^^^^^^^^^^^^^^^^^^^^^^^ rows of one order
train, test = train_test_split(items)
SVC().fit(train[["price"]], train["returned"]).score(test[["price"]], test["returned"])
`,
      "`explode` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    note(
      "before anybody has fitted a model",
      `
X_more, y_more = SMOTE().fit_resample(X, y)
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^ makes rows from all rows
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more)
`,
      "`SMOTE` changed the rows, and `train_test_split` cuts them only afterwards; no model has learned from the parts yet.",
    ),
    bad(
      "drawn from each class, some more than once",
      `
df = pd.read_csv("cards.csv")
df = df.groupby("fraud").sample(500, replace=True)
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repeats rows
train, test = train_test_split(df)
SVC().fit(train[["a"]], train["fraud"]).score(test[["a"]], test["fraud"])
`,
      "`sample` changed the rows before they were split into training and test rows; 1 score rests on it.",
    ),
    good(
      "drawn from each class, none twice",
      `
df = pd.read_csv("cards.csv").groupby("fraud").sample(n=500)
train, test = train_test_split(df)
SVC().fit(train[["a"]], train["fraud"]).score(test[["a"]], test["fraud"])
`,
    ),
    good(
      "only shuffled",
      `
df = pd.read_csv("cards.csv").sample(frac=1)
X, y = shuffle(df[["a"]], df["fraud"])
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
  ],
  check(facts, report) {
    for (const { mark, evaluations } of leaksOf(facts, (one) => one.inputs.marks, reaches)) {
      const scores = new Set(evaluations.map((one) => `${one.at.cell}:${one.at.from}`)).size;
      const heldBack = heldOut(facts, evaluations);
      report({
        at: mark.at,
        isOfValidation: heldBack === "validation",
        message:
          `\`${mark.label}\` changed the rows before they were split into training and ${heldBack} rows; ` +
          `${scores === 1 ? "1 score rests" : `${scores} scores rest`} on it.`,
        path: distinct([
          step("source", mark.at, `${mark.label} resamples all rows`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        severity: mark.label === "explode" ? "warning" : "error",
        about: { mark, evaluations },
      });
    }
    for (const { mark, split } of marksBeforeSplits(facts))
      if (mark.kind === "resample")
        report({
          at: mark.at,
          message: `\`${mark.label}\` changed the rows, and \`${split.label}\` cuts them only afterwards; no model has learned from the parts yet.`,
          severity: "information",
          path: [
            step("source", mark.at, `${mark.label} resamples all rows`),
            step("split", split.at, split.label),
          ],
          about: { mark, split },
        });
  },
});

function reaches(mark: Mark, { fit, inputs, isFolds, how }: Evaluation): boolean {
  if (mark.kind !== "resample" || !mark.rows || !inputs.rows || !fit.inputs.rows) return false;
  if (isFolds) return how !== "cross-validation";
  return (
    fit.inputs.marks.has(mark.id) && overlap(mark.rows, inputs.rows) && !overlap(inputs.rows, fit.inputs.rows)
  );
}

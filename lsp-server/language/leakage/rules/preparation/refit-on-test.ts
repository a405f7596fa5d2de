import { classRole, functionEffect } from "../../api/known.ts";
import type { Evaluation, Fit } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { overlap } from "../../facts/values/rows.ts";
import { bad, distinct, good, leaksOf, rule, scoreStep, step } from "../../rule.ts";
import { heldOut } from "../held-out.ts";

/** The test rows are transformed by a statistic of their own, which serving one row at a time cannot do. */
export const refitOnTest = rule({
  id: "refit-on-test",
  kind: "preprocessing",
  tier: "core",
  severity: "information",
  title: "Fitted again on the test rows",
  why: "The model meets test rows on another scale than it learned on; in production a single row has no statistic of its own.",
  instead: "Call `fit_transform` on the training rows and only `transform` on the test rows.",
  source: "scikit-learn, Common pitfalls: inconsistent preprocessing",
  examples: [
    bad(
      "fit_transform on both halves",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.fit_transform(X_test)
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ learns again
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`StandardScaler` learns from the test rows here, after the model learned from rows transformed by another fit.",
    ),
    bad(
      "one function fills each file from itself",
      `
def fill(frame):
    frame["age"] = frame["age"].fillna(frame["age"].median())
    #                                  ^^^^^^^^^^^^^^^^^^^^^ learns again
    return frame
train, test = fill(pd.read_csv("old.csv")), fill(pd.read_csv("new.csv"))
model = SVC().fit(train[["age"]], train["sold"])
model.predict(test[["age"]])
`,
      "`median` learns from the test rows here, after the model learned from rows transformed by another fit.",
    ),
    bad(
      "scaled by a function that learns anew at each call",
      `
from sklearn.preprocessing import scale
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = SVC().fit(scale(X_train), y_train)
model.score(scale(X_test), y_test)
#           ^^^^^^^^^^^^^ learns again
`,
      "`scale` learns from the test rows here, after the model learned from rows transformed by another fit.",
    ),
    good(
      "one function fills each file from the first",
      `
def fill(frame, middle):
    frame["age"] = frame["age"].fillna(middle)
    return frame
old, new = pd.read_csv("old.csv"), pd.read_csv("new.csv")
middle = old["age"].median()
train, test = fill(old, middle), fill(new, middle)
model = SVC().fit(train[["age"]], train["sold"])
model.predict(test[["age"]])
`,
    ),
    good(
      "transform on the test half",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
  ],
  check(facts, report) {
    for (const { mark, evaluations } of leaksOf(facts, (one) => one.inputs.marks, refits)) {
      const rows = `${heldOut(facts, evaluations)} rows`;
      const isOfValidation = rows === "validation rows";
      report({
        isOfValidation,
        at: mark.at,
        message: `\`${mark.label}\` learns from the ${rows} here, after the model learned from rows transformed by another fit.`,
        path: distinct([
          step("source", mark.at, `${mark.label} learns from the ${rows}`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        about: { mark, evaluations, isOfValidation },
      });
    }
  },
});

function refits(mark: Mark, { fit, inputs, isFolds }: Evaluation): boolean {
  if (isFolds || mark.kind !== "statistic") return false;
  if (!mark.rows || !inputs.rows || !fit.inputs.rows || !overlap(mark.rows, inputs.rows)) return false;
  // A separate file filled with its own median is mostly a submission nobody scores here; a transformer, a half of one table, or
  // one piece of code that learned from the training rows too, is meant.
  const { tables } = fit.inputs.rows;
  const isMeant =
    classRole(mark.label) !== undefined ||
    functionEffect(mark.label) === "learned" ||
    mark.rows.tables.some((table) => tables.includes(table)) ||
    hasTwin(mark, fit);
  return isMeant && !overlap(mark.rows, fit.inputs.rows);
}

/** Whether the same code learned from the model's own rows: a function or loop that both parts go through. Bins keep their order on any rows. */
function hasTwin(mark: Mark, fit: Fit): boolean {
  if (functionEffect(mark.label) === "bin") return false;
  return [...fit.inputs.marks.values()].some(
    ({ kind, at }) => kind === "statistic" && at.cell === mark.at.cell && at.from === mark.at.from,
  );
}

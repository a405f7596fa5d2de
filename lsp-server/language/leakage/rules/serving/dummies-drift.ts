import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { overlap } from "../../facts/values/rows.ts";
import { bad, distinct, good, leaksOf, note, rule, scoreStep, step } from "../../rule.ts";

/** The columns of the model's inputs depend on which categories happened to be among the rows. */
export const dummiesDrift = rule({
  id: "dummies-drift",
  kind: "serving",
  tier: "core",
  severity: "warning",
  title: "Columns that depend on the rows at hand",
  why: "A category that one table lacks drops or shifts columns: the model reads another feature in its place, or fails.",
  instead:
    'Fit a `OneHotEncoder(handle_unknown="ignore")` on the training rows; or `reindex(columns=train.columns, fill_value=0)`.',
  source: "scikit-learn, OneHotEncoder; pandas, get_dummies",
  examples: [
    bad(
      "once for each table",
      `
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
model = SVC().fit(pd.get_dummies(train[["city"]]), train["y"])
model.score(pd.get_dummies(test[["city"]]), test["y"])
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ other categories, other columns
`,
      "`get_dummies` makes columns of the categories among these rows, and `SVC` learned from columns that another call made: a category that one of them lacks shifts all that follow.",
    ),
    note(
      "once for each half of a table",
      `
df = pd.read_csv("data.csv")
train, test = train_test_split(df)
model = SVC().fit(pd.get_dummies(train[["city"]]), train["y"])
model.score(pd.get_dummies(test[["city"]]), test["y"])
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ other categories, other columns
`,
      "`get_dummies` makes columns of the categories among these rows, and `SVC` learned from columns that another call made: a category that one of them lacks shifts all that follow.",
    ),
    good(
      "brought to the columns of the training rows",
      `
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
X = pd.get_dummies(train[["city"]])
model = SVC().fit(X, train["y"])
model.score(pd.get_dummies(test[["city"]]).reindex(columns=X.columns, fill_value=0), test["y"])
model.score(pd.get_dummies(test[["city"]])[X.columns], test["y"])
`,
    ),
    good(
      "made of all rows at once",
      `
df = pd.read_csv("data.csv")
X_train, X_test, y_train, y_test = train_test_split(pd.get_dummies(df[["city"]]), df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
    good(
      "aligned",
      `
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
a, b = pd.get_dummies(train[["city"]]).align(pd.get_dummies(test[["city"]]), join="left", axis=1, fill_value=0)
SVC().fit(a, train["y"]).score(b, test["y"])
`,
    ),
  ],
  check(facts, report) {
    for (const { mark, evaluations } of leaksOf(facts, (one) => one.inputs.marks, drifts)) {
      report({
        at: mark.at,
        message:
          `\`${mark.label}\` makes columns of the categories among these rows, and \`${evaluations[0]?.fit.model}\` learned from ` +
          "columns that another call made: a category that one of them lacks shifts all that follow.",
        // Halves of one table mostly hold the same categories.
        severity: evaluations.every((one) => isOfOneTable(mark, one)) ? "information" : "warning",
        path: distinct([
          step("source", mark.at, `${mark.label} of these rows`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        about: { mark, evaluations },
      });
    }
  },
});

function isOfOneTable({ rows }: Mark, { fit }: Evaluation): boolean {
  return rows?.tables.some((table) => fit.inputs.rows?.tables.includes(table)) ?? false;
}

function drifts(mark: Mark, { fit, isFolds }: Evaluation): boolean {
  if (isFolds || mark.kind !== "dummies" || !mark.rows || !fit.inputs.rows) return false;
  const own = [...fit.inputs.marks.values()].some(({ kind }) => kind === "dummies");
  return own && !fit.inputs.marks.has(mark.id) && !overlap(mark.rows, fit.inputs.rows);
}

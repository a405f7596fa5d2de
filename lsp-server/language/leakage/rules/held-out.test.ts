import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

function saidOf(code: string) {
  const { findings } = analyze(readNotebook(code, "a.py").value, { python });
  return findings.map(({ rule, message, why, instead }) => ({ rule, message, why, instead }));
}

const parts = `df = pd.read_csv("cards.csv")
X_train, X_some, y_train, y_some = train_test_split(df[["a"]], df["fraud"])
X_HELD, X_other, y_HELD, y_other = train_test_split(X_some, y_some)
`;
const refitted = `${parts}X_train = StandardScaler().fit_transform(X_train)
X_HELD = StandardScaler().fit_transform(X_HELD)
print(SVC().fit(X_train, y_train).score(X_HELD, y_HELD))`;

test.each([
  ["val", "validation"],
  ["Valid", "validation"],
  ["dev", "validation"],
  ["test", "test"],
  ["interval", "test"],
])("rows called %s are %s rows", (name, rows) => {
  expect(saidOf(refitted.replaceAll("HELD", name))).toEqual([
    {
      rule: "refit-on-test",
      message: `\`StandardScaler\` learns from the ${rows} rows here, after the model learned from rows transformed by another fit.`,
      why: `The model meets ${rows} rows on another scale than it learned on; in production a single row has no statistic of its own.`,
      instead: `Call \`fit_transform\` on the training rows and only \`transform\` on the ${rows} rows.`,
    },
  ]);
});

test("rows of the training part are validation rows where those beside it are scored too, whatever they are called", () => {
  const code = `df = pd.read_csv("cards.csv")
rest, b, y_rest, y_b = train_test_split(df[["a"]], df["fraud"])
more, y_more = SMOTE().fit_resample(rest, y_rest)
train, a, y_train, y_a = train_test_split(more, y_more)
model = SVC().fit(train, y_train)
print(model.score(a, y_a))
`;
  const said = (rows: string) => [
    `\`SMOTE\` changed the rows before they were split into training and ${rows} rows; 1 score rests on it.`,
    `Rows made from ${rows} rows are among the training rows, and the ${rows} rows no longer have the balance production has.`,
  ];
  const found = (source: string) =>
    saidOf(source).flatMap(({ rule, message, why }) =>
      rule === "resample-before-split" ? [message, why] : [],
    );
  expect(found(`${code}print(model.score(b, y_b))`)).toEqual(said("validation"));
  expect(found(code)).toEqual(said("test"));
});

test("what was learned of all rows has seen the validation rows where no others are scored", () => {
  const code = `df = pd.read_csv("cards.csv")
X = StandardScaler().fit_transform(df[["a"]])
X_train, X_val, y_train, y_val = train_test_split(X, df["fraud"])
print(SVC().fit(X_train, y_train).score(X_val, y_val))`;
  expect(saidOf(code)).toEqual([
    {
      rule: "scaler-before-split",
      message:
        "`StandardScaler` for `a` was computed from all rows of `cards.csv`, validation rows included, and `SVC` learned from the result; 1 score rests on it.",
      why: "It has seen the validation rows, so the score is not what production will be.",
      instead:
        "Split first; fit on the training rows; only `transform` the validation rows. A pipeline does both.",
    },
  ]);
});

test("what says when to stop is called what it is", () => {
  const code = `df = pd.read_csv("cards.csv")
X_train, X_val, y_train, y_val = train_test_split(df[["a"]], df["fraud"])
model = XGBClassifier(early_stopping_rounds=5).fit(X_train, y_train, eval_set=[(X_val, y_val)])
print(model.score(X_val, y_val))`;
  expect(saidOf(code).map(({ message }) => message)).toEqual([
    "`early_stopping_rounds` lets the validation rows say when `XGBClassifier` is good: their score is the best of many.",
  ]);
});

test("outliers that all rows say are said to be of what is scored", () => {
  const code = `df = pd.read_csv("cards.csv")
df = df[df["a"] < df["a"].quantile(0.99)]
X_train, X_val, y_train, y_val = train_test_split(df[["a"]], df["fraud"])
print(SVC().fit(X_train, y_train).score(X_val, y_val))`;
  const said = (source: string) =>
    saidOf(source).flatMap(({ rule, message, instead }) =>
      rule === "outliers-before-split" ? [message, instead] : [],
    );
  const expected = (rows: string) => [
    `\`quantile\` of all rows says which are kept, ${rows} rows too; 1 score rests on it.`,
    `Split first; learn the bounds on the training rows, cut these by them, and leave the ${rows} rows as they are.`,
  ];
  expect(said(code)).toEqual(expected("validation"));
  expect(said(code.replaceAll("_val", "_test"))).toEqual(expected("test"));
});

import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { firstFix } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const written = ({ between = "", X = 'df[["age"]]', y = 'df["target"]', below = "" }) => `
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_score, train_test_split
from sklearn.preprocessing import OrdinalEncoder
df = pd.read_csv("num.csv")
df["age"] = df["age"].fillna(df["age"].median())
${between}
X, y = ${X}, ${y}
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=1)
${below}
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))`;

const fixed = (of: Parameters<typeof written>[0]) => firstFix("imputer-before-split", written(of), python);

const folds = "print(cross_val_score(LogisticRegression(), X_train, y_train, cv=KFold(5)))";

test("the parts stand in the order that the split would have given them", () => {
  const { text } = fixed({ below: folds });
  expect(text).toContain('df["age"].fillna(df["age"][is_train].median())');
  expect(text).toContain("= X.iloc[train_rows], X.iloc[test_rows], y.iloc[train_rows], y.iloc[test_rows]");
});

test("arrays are picked from by the same numbers", () => {
  const { text } = fixed({ X: 'df[["age"]].values', y: 'df["target"].to_numpy()', below: folds });
  expect(text).toContain("= X[train_rows], X[test_rows], y[train_rows], y[test_rows]");
});

/** Whether this answers with a table, an array or something sparse is not known. */
const unknown = 'OrdinalEncoder().fit_transform(df[["age"]])';

test("of what may be no table, parts are picked by a mask where no place is asked for", () => {
  expect(fixed({ X: unknown }).text).toContain("= X[is_train], X[is_test], y[is_train], y[is_test]");
});

test.each([
  folds,
  "first = X_train[:100]",
  "print(X_train.iloc[0])",
  "for row in zip(X_train, y_train):\n    print(row)",
])("of what may be no table, not where a place is asked for: %s", (below) => {
  expect(fixed({ X: unknown, below }).titles).toEqual([]);
});

test.each([
  'df = df[df["age"] > 25]',
  'df = df.query("age > 25")',
  "df = df.dropna()",
  'df = df.drop_duplicates("customer_id")',
  'df = df.sort_values("score")',
  "df = df[::-1]",
  'df.drop(df[df["age"] < 25].index, inplace=True)',
])("chance would cut other rows above: %s", (between) => {
  expect(fixed({ between }).titles).toEqual([]);
});

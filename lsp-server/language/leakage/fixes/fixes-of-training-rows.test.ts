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

test.each(["", folds, "first = X_train[:100]", "for row in zip(X_train, y_train):\n    print(row)"])(
  "what may be no table is asked, and its parts stand in the order of the split all the same: %s",
  (below) => {
    expect(fixed({ X: unknown, below }).text).toContain(
      '= (X.iloc if hasattr(X, "iloc") else X)[train_rows], (X.iloc if hasattr(X, "iloc") else X)[test_rows], y.iloc',
    );
  },
);

test.each([
  'df = df[df["age"] > 25]',
  'df = df.query("age > 25")',
  "df = df.dropna()",
  'df = df.drop_duplicates("customer_id")',
  'df = df.sort_values("score")',
  "df = df[::-1]",
  'df.drop(df[df["age"] < 25].index, inplace=True)',
  "df = df.dropna ()",
  "df = df.\\\n  dropna()",
  'for column in ["age"]:\n    df.dropna(subset=[column], inplace=True)',
  "if True:\n    df.dropna(inplace=True)",
  "def clean(table):\n    table.dropna(inplace=True)\nclean(df)",
  "for table in [df]:\n    table.dropna(inplace=True)",
  "tables = [df]\nfor table in tables:\n    table.dropna(inplace=True)",
  'df = df.drop(df[df["age"] < 25].index).drop(columns=["zip"])',
  'df = pd.concat([df[9:], df[:9]]).drop("zip", axis=1)',
])("chance would cut other rows above: %s", (between) => {
  expect(fixed({ between }).titles).toEqual([]);
});

test.each([
  'print("df = df.dropna()")',
  "# df = df.dropna()",
  'df["name"] = df["name"].map(lambda parts: " ".join(parts))',
  'df["kind"] = df["kind"].map({name: at for at, name in enumerate(df["kind"].unique())})',
  'print(df.sort_values("score"))',
  'df.insert(0, "one", 1)',
])("what only names such a thing changes nothing: %s", (between) => {
  expect(fixed({ between }).text).toContain('df["age"].fillna(df["age"][is_train].median())');
});

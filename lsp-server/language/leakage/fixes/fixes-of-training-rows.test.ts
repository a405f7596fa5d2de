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

const drawnAnew =
  "Say first which rows are for training, drawn anew before any is left out or moved, and learn from those alone";

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
  'df = df[["age", "target"]].dropna().fillna(df["age"].max())',
  "df = df.\\\n  dropna()",
  'for column in ["age"]:\n    df.dropna(subset=[column], inplace=True)',
  "if True:\n    df.dropna(inplace=True)",
  "def clean(table):\n    table.dropna(inplace=True)\nclean(df)",
  "for table in [df]:\n    table.dropna(inplace=True)",
  "tables = [df]\nfor table in tables:\n    table.dropna(inplace=True)",
  'df = df.drop(df[df["age"] < 25].index).drop(columns=["zip"])',
  'df = df.between_time("9:00", "12:00")',
  'df = df.at_time("9:00")',
  'df = df.first("3D")',
  "df = df.truncate(before=3)",
  "df = df[5:].combine_first(df).tail(9)",
])("where rows are left out or moved between, chance draws anew, and that is said: %s", (between) => {
  const { titles, text } = fixed({ between });
  expect(titles).toEqual([drawnAnew]);
  expect(text).toContain("train_rows, test_rows = train_test_split(df.index, test_size=0.2, random_state=1)");
  expect(text).toContain('df["age"].fillna(df["age"][df.index.isin(train_rows)].median())');
  expect(text).toContain(
    "= X[X.index.isin(train_rows)], X[X.index.isin(test_rows)], y[X.index.isin(train_rows)]",
  );
});

test.each([
  'df = df.groupby("zip").nth(0)',
  'df = df.groupby("zip").head(2)',
  'df = df.top_k(5, by="age")',
  "df = df.gather_every(2)",
  "df = df.filter(pl.col('age') > 3)",
  "df = df.limit(9)",
  "df = df.drop_nulls()",
  "from numpy import delete\ndf = pd.DataFrame(delete(df.values, 3, 0), columns=df.columns)",
  "import numpy as nump\ndf = pd.DataFrame(nump.delete(df.values, 3, 0), columns=df.columns)",
  "from pandas import concat as both\ndf = both([df, df])",
])("no mask of all rows where a library answers with others: %s", (between) => {
  expect(fixed({ between }).text).not.toContain("[is_train]");
});

test.each([
  'for i, t in enumerate([df]): t.sort_values("score", inplace=True)',
  'for t, u in zip([df], [1]): t.sort_values("score", inplace=True)',
  'for k, t in {"a": df}.items(): t.sort_values("score", inplace=True)',
  '[t.sort_values("score", inplace=True) for t in [df]]',
])("no mask where tables are moved under the names that they take turns with: %s", (between) => {
  expect(fixed({ between }).text).not.toContain("[is_train]");
});

test.each(['open("l.txt").read().split()', 'df["target"].tolist()', "[1 for _ in range(99)]", "answers()"])(
  "what may be a list is not picked from by numbers: %s",
  (y) => {
    expect(fixed({ y }).text).not.toContain("hasattr");
  },
);

test.each([
  "df = df.dropna().reset_index(drop=True)",
  "def some(table):\n    table = table.dropna()\n    return table\ndf = some(df)",
  'df = pd.concat([df[9:], df[:9]]).drop("zip", axis=1)',
])("it does not where rows may have other labels below: %s", (between) => {
  expect(fixed({ between }).titles).toEqual([]);
});

test.each(["test_size=50", "train_size=50", "test_size=share", "test_size=0.2, shuffle=False"])(
  "nor where the split counts rows, or goes by the order in which they stand by then: %s",
  (how) => {
    const code = written({ between: "share = 50\ndf = df.dropna()" }).replace("test_size=0.2", how);
    expect(firstFix("imputer-before-split", code, python).titles).toEqual([]);
  },
);

test.each([
  'print("df = df.dropna()")',
  "# df = df.dropna()",
  'df["name"] = df["name"].map(lambda parts: " ".join(parts))',
  'df["kind"] = df["kind"].map({name: at for at, name in enumerate(df["kind"].unique())})',
  'print(df.sort_values("score"))',
  "found = []\nfor name in df.columns:\n    found.append(name)\ndf = df.drop(columns=found[2:])",
  'most = df["zip"].dropna().mode()[0]\ndf["zip"] = df["zip"].fillna(most)',
  'df, other = df.align(df[["age"]], join="left", axis=1)',
  "def shown(table):\n    print(table.dropna())\n    return table\ndf = shown(df)",
  'df.insert(0, "one", 1)',
  'df = df.filter(["age", "target"])',
  'df["name"] = df["name"].str.slice(0, 3).str.repeat(2)',
  "df = df.sort_index(axis=1)",
  'df["first"] = df.groupby("zip")["age"].first().max()',
])("what only names such a thing changes nothing: %s", (between) => {
  expect(fixed({ between }).text).toContain('df["age"].fillna(df["age"][is_train].median())');
});

/** A function that fills one column of the table it is given. */
const helper = ({ before = "", inside = "", use = "df = clean(df)" }) => `
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("num.csv")
def clean(table):
    table = table.copy()
${inside}    table["age"] = table["age"].fillna(table["age"].median())
    return table
${before}${use}
X_train, X_test, y_train, y_test = train_test_split(df[["age"]], df["target"], random_state=1)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))`;

test("a function that is called once learns from the training rows, which are said above its call", () => {
  const { text } = firstFix("imputer-before-split", helper({}), python);
  expect(text).toContain('table["age"].fillna(table["age"][is_train].median())');
  expect(text).toContain("def clean(table, *, is_train):");
  expect(text).toContain(
    "is_train, is_test = rows.isin(train_rows), rows.isin(test_rows)\ndf = clean(df, is_train=is_train)\nX_train",
  );
});

test.each([
  { use: 'df = clean(df)\nprint(clean(pd.read_csv("other.csv")))' },
  { use: "df = df.pipe(clean)" },
  { use: "for part in [df]:\n    df = clean(part)" },
  { inside: '    table = table[table["age"] != 3]\n' },
  { inside: "    table = table.dropna(how='all')\n" },
  { inside: "    table = table.between_time('9:00', '12:00')\n" },
  { inside: "    table = table.groupby('zip').nth(0)\n" },
  { inside: "    table = table.gather_every(2)\n" },
  { use: "df = clean(df.copy())" },
  { inside: "    is_train = 1\n" },
])("it does not where it may meet other rows: %j", (given) => {
  expect(firstFix("imputer-before-split", helper(given), python).titles).toEqual([]);
});

test("a function above that leaves rows out is seen where it is called below", () => {
  const code = written({ between: "df = some(df)" }).replace(
    "df = pd",
    'def some(table):\n    return table.nlargest(9, "score")\ndf = pd',
  );
  expect(firstFix("imputer-before-split", code, python).titles).toEqual([]);
});

const scaled = ({ between = "" }) => `
import pandas as pd
df = pd.read_csv("num.csv")
X, y = df[["a", "b"]], df["y"]
pca = PCA(2)
X = pca.fit_transform(X)
${between}
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`;

test("what learned is not asked before it learns by then", () => {
  const offered = (between: string) => firstFix("scaler-before-split", scaled({ between }), python).titles;
  const moved = "Split first, then fit PCA on the training rows";
  expect(offered("")).toContain(moved);
  expect(offered("print(pca.explained_variance_ratio_)")).not.toContain(moved);
  expect(offered('new = pca.transform(pd.read_csv("new.csv"))')).not.toContain(moved);
});

const resampled = (between: string) => `
import pandas as pd
df = pd.read_csv("num.csv")
X, y = df[["a", "b"]], df["y"]
sampler = RandomUnderSampler()
X_more, y_more = sampler.fit_resample(X, y)
${between}
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more, random_state=1)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`;

test("rows are resampled below by the sampler that they were resampled by", () => {
  const offered = (between: string) =>
    firstFix("resample-before-split", resampled(between), python).titles.length;
  expect(offered("")).toBe(1);
  expect(offered("sampler = RandomOverSampler()\nX_over, y_over = sampler.fit_resample(X, y)")).toBe(0);
  expect(offered("print(sampler.sample_indices_)")).toBe(0);
});

import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../../../notebook/notebook.ts";
import type { Python } from "../../../notebook/python.ts";
import { analyze } from "../../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const read = `import numpy as np, pandas as pd
import lightgbm as lgb, xgboost as xgb
from catboost import CatBoostRegressor, Pool
df = pd.read_csv("data.csv")
train, test = train_test_split(df)
`;

function isFound(source: string): boolean {
  const { findings } = analyze(notebookOf("n", [{ id: "a", source: read + source }]), { python });
  return findings.some(({ rule }) => rule === "target-in-features");
}

// What leaves the answer among the inputs, and beside it what takes it away: however either is written.
test.each([
  [
    "folds of a table",
    "for tr, te in KFold(5).split(df):\n    part = df.iloc[tr]\n    SVC().fit(part.drop(columns=WHAT), part['y'])",
  ],
  [
    "folds of an array",
    "X, y = df.drop(columns=WHAT).values, df['y'].values\nfor tr, te in StratifiedKFold(5).split(X, y):\n    SVC().fit(X[tr], y[tr])",
  ],
  [
    "each value replaced",
    "df = df.replace('?', np.nan).applymap(str.strip)\nSVC().fit(df.drop(columns=WHAT), df['y'])",
  ],
  [
    "a dict of all columns",
    "X = pd.DataFrame(dict(zip(df.columns, df.values.T)))\nSVC().fit(X.drop(columns=WHAT), df['y'])",
  ],
  [
    "a dict of pairs",
    "X = pd.DataFrame(dict([('id', df['id']), ('y', df['y']), ('a', df['a'])]))\nSVC().fit(X.drop(columns=WHAT), df['y'])",
  ],
  [
    "rows of two values",
    "X = pd.DataFrame(list(zip(df['id'], df['y'], df['a'])), columns=['id', 'y', 'a'])\nSVC().fit(X.drop(columns=WHAT), df['y'])",
  ],
  ["names but some", "names = [c for c in df.columns if c not in WHAT]\nSVC().fit(train[names], train['y'])"],
  [
    "names but some, one by one",
    "one = WHAT[-1]\nnames = [c for c in train.columns if c != 'id' and not c == one]\nSVC().fit(train[names], train['y'])",
  ],
  ["a dataset of LightGBM", "lgb.train({}, lgb.Dataset(train.drop(columns=WHAT), label=train['y']))"],
  ["a matrix of XGBoost", "xgb.train({}, xgb.DMatrix(train.drop(columns=WHAT), train['y']))"],
  ["a pool of CatBoost", "CatBoostRegressor().fit(Pool(train.drop(columns=WHAT), train['y']))"],
])("%s", (_, source) => {
  const given = (what: string) => source.replace("WHAT", what);
  expect([given('["id"]'), given('["id", "y"]')].map(isFound)).toEqual([true, false]);
});

test("names that pass a test which nobody knows", () => {
  expect(
    isFound("names = [c for c in df.columns if df[c].nunique() < 9]\nSVC().fit(train[names], train['y'])"),
  ).toBe(false);
});

// The same, where all columns of the table are known: which are taken by their names, or by their places.
test.each([
  ["names from a place on", "X = known[known.columns[FROM]]", "1:", ":-1"],
  ["names but one", "X = known[[c for c in known.columns if c != FROM]]", "'a'", "'y'"],
  ["places", "X = known.to_numpy()[:, FROM]", "[0, 2]", "[0, 1]"],
  [
    "places of an array that is not known",
    "y = known = df.values\nX, y = known[:, FROM], known[:, 3]",
    "[0, 3]",
    "[0, 1]",
  ],
  ["all but one place", "X = np.delete(known.to_numpy(), FROM, axis=1)", "0", "-1"],
  ["all but some places", "X = np.delete(known.values, FROM, axis=1)", "[0, 1]", "[0, 2]"],
  [
    "all but one place of an array that is not known",
    "X, y = np.delete(df.values, FROM, axis=1), df.values[:, -1]",
    "0",
    "-1",
  ],
])("%s, of known columns", (_, source, with_, without) => {
  const known = "known = pd.DataFrame({'a': df['a'], 'b': df['b'], 'y': df['y']})\ny = known['y']\n";
  const given = (what: string) => `${known}${source.replace("FROM", what)}\nSVC().fit(X, y)`;
  expect([given(with_), given(without)].map(isFound)).toEqual([true, false]);
});

test("a place of a table that names were taken from", () => {
  const some = "X = df.iloc[:, [0, 1, 3]]";
  expect(isFound(`${some}\nSVC().fit(X, df.iloc[:, 3])`)).toBe(true);
  expect(isFound(`${some}.drop(columns=['y'])\nSVC().fit(X, df.iloc[:, 3])`)).toBe(false);
});

test("as many columns of a table as there are names that nobody knows", () => {
  expect(isFound("X = pd.DataFrame(dict(zip(input().split(), df.values.T)))\nSVC().fit(X, df['y'])")).toBe(
    false,
  );
});

test("a network that learns to give back what it is given", () => {
  const net =
    "from tensorflow import keras\nnet = keras.Sequential([keras.layers.Dense(1)])\nloads = train[['load']]\n";
  expect(isFound(`${net}net.fit(loads, loads)`)).toBe(false);
  expect(isFound(`${net}net.fit(loads, train['load'])`)).toBe(true);
});

test("columns made of categories stand behind the others, so that the last one read is no more the last", () => {
  const last = "X, y = pd.get_dummies(df).to_numpy()[:, :-1], df.iloc[:, -1]\n";
  expect(isFound(`${last}SVC().fit(X, y)`)).toBe(false);
  expect(isFound("SVC().fit(pd.get_dummies(df).to_numpy()[:, 1:], df.iloc[:, -1])")).toBe(false);
  expect(isFound("SVC().fit(df.to_numpy()[:, 1:], df.iloc[:, -1])")).toBe(true);
});

test.each([
  ["chosen by a mask", "df.loc[df[WHAT] == 1, 'x'] = 102.5"],
  ["chosen by two masks", "df.loc[df['x'].isnull() & (df[WHAT] == 0), 'x'] = 169.5"],
  [
    "chosen by a mask, one number for those",
    "df.loc[df[WHAT] == 1, 'x'] = df.loc[df[WHAT] == 1, 'x'].mean()",
  ],
  ["a filled gap", "df['x'] = df['x'].fillna(df[WHAT] * 2)"],
  ["a gap filled in place", "df['x'].fillna(df[WHAT], inplace=True)"],
  ["another column where there is none", "df['x'] = df['x'].combine_first(df[WHAT])"],
  ["what a condition leaves", "df['x'] = df['x'].where(df[WHAT] > 0, 0)"],
  ["what a condition replaces", "df['x'] = df['x'].mask(df['x'] > 9, df[WHAT])"],
  ["added by a method", "df['x'] = df['x'].add(df[WHAT])"],
])("a column that is changed by the answer, and by another column: %s", (_, changed) => {
  const given = (what: string) =>
    `${changed.replaceAll("WHAT", `'${what}'`)}\nSVC().fit(df.drop(columns=['y']), df['y'])`;
  expect([given("y"), given("a")].map(isFound)).toEqual([true, false]);
});

test.each([
  ["that it is known", "df.loc[df['y'].isnull(), 'part'] = 'test'"],
  ["one number of all rows fills gaps", "df['x'] = df['x'].fillna(df['y'].mean())"],
  ["asked of the others alone", "df = df[df['x'].isin(df['y'])]"],
])("what the answer tells nobody of a row: %s", (_, changed) => {
  expect(isFound(`${changed}\nSVC().fit(df.drop(columns=['y']), df['y'])`)).toBe(false);
});

test.each([
  ["divided by what its group comes to", "df['x'] = df['WHAT'] / df.groupby('k')['WHAT'].transform('mean')"],
  ["less what its group comes to", "df['x'] = df['WHAT'] - df.groupby('k')['WHAT'].transform('median')"],
  [
    "divided by what groups of another come to",
    "df['x'] = df['WHAT'] / df.groupby('k')['b'].transform('mean')",
  ],
])("the answer beside a statistic of groups, and another column: %s", (_, made) => {
  const given = (what: string) =>
    `${made.replaceAll("WHAT", what)}\nSVC().fit(df.drop(columns=['y']), df['y'])`;
  expect([given("y"), given("a")].map(isFound)).toEqual([true, false]);
});

test.each([
  ["alone", "df['x'] = df.groupby('k')['y'].transform('mean')"],
  ["beside another column", "df['x'] = df['a'] / df.groupby('k')['y'].transform('mean')"],
  ["without the row itself", "df['x'] = df.groupby('k')['y'].transform('sum') - df['y']"],
])("what groups of the answer come to is no answer of a row: %s", (_, made) => {
  expect(isFound(`${made}\nSVC().fit(df.drop(columns=['y']), df['y'])`)).toBe(false);
});

test("a rise is among what it is computed from where both prices are, and not where one is", () => {
  const rise = (inputs: string) => `df = df.sort_values("day")
df["before"] = df["price"].shift(1)
df["up"] = (df["before"] < df["price"]).astype(int)
SVC().fit(df[${inputs}][:300], df["up"][:300])`;
  expect(isFound(rise('["before", "price"]'))).toBe(true);
  expect(isFound(rise('["before", "volume"]'))).toBe(false);
  const older = `${rise('["older", "price"]').replace("SVC()", 'df["older"] = df["price"].shift(2)\nSVC()')}`;
  expect(isFound(older)).toBe(false);
});

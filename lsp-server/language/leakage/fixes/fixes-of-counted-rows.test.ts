import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const imports = `
import joblib
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
df = pd.read_csv("num.csv")
`;

const fixed = (code: string) => firstFix("scaler-before-split", imports + code, python).text;

const ofX = "rows = pd.DataFrame(X).reset_index(drop=True).index";

test("rows whose labels nobody knows are told by their places, as the split takes them", () => {
  const text = fixed(`
d = joblib.load("d.pkl")
X, y = d["X"], d["y"]
scaler = StandardScaler().fit(X)
Z = X.copy()
Z[:] = scaler.transform(Z)
a, b, c, e = train_test_split(Z, y, random_state=0)
print(SVC().fit(a, c).score(b, e))`);
  expect(text).toContain(ofX);
  expect(text).toContain('(Z.iloc if hasattr(Z, "iloc") else Z)[train_rows]');
});

test("a part of a split keeps its labels, and is told by its places when it is split again", () => {
  const text = fixed(`
X, test_X, y, test_y = train_test_split(df[["age"]], df["ill"], random_state=0)
X = StandardScaler().fit_transform(X)
a, b, c, e = train_test_split(X, y, random_state=1)
print(SVC().fit(a, c).score(b, e))`);
  expect(text).toContain(ofX);
  expect(text).toContain("= X[train_rows], X[test_rows], ");
});

const inside = (data: string, X: string) => `
${data}
${X} = StandardScaler().fit_transform(${X})
a, b, c, e = train_test_split(${X}, df["ill"], random_state=0)
print(SVC().fit(a, c).score(b, e))`;

test.each([
  ['data = {"X": df[["age"]]}', 'data["X"]'],
  ["from types import SimpleNamespace\ndata = SimpleNamespace()\ndata.X = df[['age']]", "data.X"],
])("what holds a table is not counted in its place: %s", (data, X) => {
  expect(fixed(inside(data, X))).toContain(`rows = pd.DataFrame(${X}).reset_index(drop=True).index`);
});

test.each(["X[:, :2]", "X[:, [0, 1]]", "np.log(X)"])(
  "what is asked of an array has its rows: %s",
  (asked) => {
    const text = fixed(`
X, y = joblib.load("X.pkl"), joblib.load("y.pkl")
scaled = StandardScaler().fit_transform(${asked})
a, b, c, e = train_test_split(scaled, y, random_state=0)
a = a[:]
print(SVC().fit(a, c).score(b, e), scaled.shape)`);
    expect(text).toContain(ofX);
  },
);

test("what only the turns of a loop say is not said above it", () => {
  const loop = (part: string) => `
X, y = joblib.load("X.pkl"), joblib.load("y.pkl")
for part in ["a", "b"]:
    X[${part}] = X[${part}] - X[${part}].mean()
a, b, c, e = train_test_split(X["a"], y, random_state=0)
print(SVC().fit(a, c).score(b, e))`;
  expect(fixed(loop('"a"'))).toContain('rows = pd.DataFrame(X["a"]).reset_index(drop=True).index');
  expect(fixed(loop("part"))).toBe("");
});

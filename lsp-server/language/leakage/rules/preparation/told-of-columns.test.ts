import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

const python = await loadPython();

const said = (choice: string): string[] => {
  const source = `import pandas as pd
from scipy.stats import pearsonr
df = pd.read_csv("data.csv")
X, y = df.drop(columns="y"), df["y"]
${choice}
X_train, X_test, y_train, y_test = train_test_split(X[chosen], y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`;
  return analyze(readNotebook(source, "a.py").value, { python }).findings.map(
    ({ rule, severity }) => `${rule}: ${severity}`,
  );
};

test.each([
  "strength = X.corrwith(y)\nchosen = strength[strength.abs() > 0.1].index",
  "chosen = X.columns[X.corrwith(y).abs() > 0.1]",
  "chosen = X.corrwith(y).abs().sort_values().tail(10).index.tolist()",
  "strength = X.apply(lambda column: column.corr(y))\nchosen = strength[strength.abs() > 0.1].index",
  "chosen = [name for name in X.columns if abs(X[name].corr(y)) > 0.1]",
  "chosen = [name for name in X.columns if abs(y.corr(X[name])) > 0.1]",
  "chosen = [name for name in X.columns if abs(pearsonr(X[name], y)[0]) > 0.1]",
])("columns that are chosen by what they tell of the target are an error: %s", (choice) => {
  expect(said(choice)).toEqual(["feature-selection-before-split: error"]);
});

test.each([
  "chosen = [name for name in X.columns if abs(X[name].corr(df['other'])) < 0.9]",
  "chosen = X.columns[X.corrwith(df['other']).abs() < 0.9]",
])("by what they tell of another column, a warning: %s", (choice) => {
  expect(said(choice)).toEqual(["feature-selection-before-split: warning"]);
});

test.each([
  "X.corrwith(y).plot.bar()\nchosen = ['a', 'b']",
  "print(X.apply(lambda column: column.corr(y)))\nchosen = ['a', 'b']",
])("what is only looked at chooses none: %s", (choice) => {
  expect(said(choice)).toEqual([]);
});

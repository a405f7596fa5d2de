import { loadPython } from "@lookback/service/files/load-python.ts";
import { describe, expect, test } from "vitest";
import type { Notebook } from "../../notebook/notebook.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { firstFix, foundBy } from "./first-fix.ts";
import { tryFixes } from "./proven-fixes.ts";

const python = await loadPython();

const start = (read: string) => `import numpy as np
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.metrics import r2_score
from sklearn.model_selection import KFold, ShuffleSplit, TimeSeriesSplit, cross_val_predict, cross_val_score, train_test_split
df = ${read}
X, y = df[["calls", "age"]], df["amount"]
`;
const table = 'pd.read_csv("sales.csv")';
const sorted = 'pd.read_csv("sales.csv", parse_dates=["day"]).sort_values("day")';

const fixed = (rule: string, read: string, code: string) => firstFix(rule, start(read) + code, python);

describe("a score by folds", () => {
  const own = "model = Ridge().fit(X, y)\nprint(model.score(X, y))";

  test.each([
    [table, "print(cross_val_score(model, X, y).mean())"],
    [sorted, "print(cross_val_score(model, X, y, cv=TimeSeriesSplit()).mean())"],
    [`${sorted}.sample(frac=1)`, "print(cross_val_score(model, X, y).mean())"],
  ])("is of folds behind each other where the rows stand in time's order: %s", (read, expected) => {
    expect(fixed("evaluate-on-train", read, own).text.split("\n").at(-1)).toBe(expected);
  });

  test("is not offered where the latest row stands first, or rows look back in an order that nobody knows", () => {
    expect(
      fixed("evaluate-on-train", sorted.replace('"day")', '"day", ascending=False)'), own).titles,
    ).toEqual([]);
    const lagged = `X = X.assign(before=df["amount"].shift(1).fillna(0))\n${own}`;
    expect(fixed("evaluate-on-train", table, lagged).titles).toEqual([]);
  });

  test("compares models so too", () => {
    const judged = `X_train, X_test, y_train, y_test = train_test_split(X, y, shuffle=False)
one = Ridge().fit(X_train, y_train)
print(one.score(X_test, y_test))
other = Ridge(2).fit(X_train, y_train)
print(other.score(X_test, y_test))
last = LinearRegression().fit(X_train, y_train)
print(last.score(X_test, y_test))`;
    const all = titlesAndTexts("multi-test", start(sorted) + judged);
    expect(all.find(({ title }) => title.includes("by folds"))?.newText).toContain(
      "cross_val_score(one, X_train, y_train, cv=TimeSeriesSplit()).mean()",
    );
  });
});

describe("answers for each row", () => {
  const own = "model = Ridge().fit(X, y)\nprint(r2_score(y, model.predict(X)))";

  test("are not by folds behind each other, which leave the first rows without", () => {
    expect(fixed("evaluate-on-train", table, own).titles).toHaveLength(1);
    expect(fixed("evaluate-on-train", sorted, own).titles).toEqual([]);
  });

  test.each([
    [
      "print(cross_val_score(Ridge(), X, y, cv=KFold(4, shuffle=True)).mean())",
      "TimeSeriesSplit(n_splits=4)",
    ],
    [
      "n = 4\nprint(cross_val_score(Ridge(), X, y, cv=KFold(n, shuffle=True)).mean())",
      "TimeSeriesSplit(n_splits=n)",
    ],
    ["print(cross_val_predict(Ridge(), X, y, cv=KFold(4, shuffle=True)))", ""],
    [
      "kf = KFold(4, shuffle=True)\nprint(cross_val_score(Ridge(), X, y, cv=kf))\nprint(cross_val_predict(Ridge(), X, y, cv=kf))",
      "",
    ],
    ["print(cross_val_score(Ridge(), X, y, cv=ShuffleSplit(1)).mean())", ""],
  ])("stay with a splitter that gives them, and one cut is no folds: %s", (code, expected) => {
    const { text } = fixed("random-split-on-time", sorted, code);
    expect(expected === "" ? text : (/TimeSeriesSplit\(.*?\)/.exec(text)?.[0] ?? "")).toBe(expected);
  });
});

test("rows that were resampled stand in no order, and as they were not in folds of just any rows", () => {
  const code = (read: string) =>
    fixed(
      "resample-before-split",
      read,
      "X_more, y_more = SMOTE().fit_resample(X, y)\nprint(cross_val_score(Ridge(), X_more, y_more, cv=5).mean())",
    ).titles;
  expect(code(table)).toHaveLength(1);
  expect(code(sorted)).toEqual([]);
  const cut = `X_more, y_more = SMOTE().fit_resample(X, y)
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more, random_state=0)
print(Ridge().fit(X_train, y_train).score(X_test, y_test))`;
  expect(fixed("random-split-on-time", sorted, cut).titles).toEqual([]);
});

function titlesAndTexts(rule: string, code: string): { readonly title: string; readonly newText: string }[] {
  const notebook = readNotebook(code, "a.py").value;
  const look = { python, analyze: (each: Notebook) => analyze(each, { python }) };
  const analysis = look.analyze(notebook);
  const [finding] = foundBy(rule, analysis);
  return tryFixes(notebook, analysis, finding, look)
    .filter(({ refusal }) => refusal === null)
    .map(({ fix }) => ({ title: fix.title, newText: fix.edits.map((edit) => edit.newText).join("\n") }));
}

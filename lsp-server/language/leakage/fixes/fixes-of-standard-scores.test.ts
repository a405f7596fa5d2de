import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { firstFix } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const fixed = (lines: string) =>
  firstFix(
    "scaler-before-split",
    `import numpy as np
import pandas as pd
from scipy.stats import skew, zscore
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("people.csv")
y = df["ill"]
X = df[["age", "income"]]
${lines}
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`,
    python,
  ).text;

const scored = "((X - X[is_train].mean(axis=0)) / X[is_train].std(axis=0, ddof=0))";

test.each(["X = X.apply(zscore)", "X = zscore(X)"])(
  "standard scores are told from the mean and the deviation of the training rows: %s",
  (lines) => {
    expect(fixed(lines)).toContain(`X = ${scored}\n`);
  },
);

test.each(["X = zscore(X, ddof=1)", "X = zscore(X.dropna())"])(
  "not where they are asked for otherwise, or of rows that would be made again: %s",
  (lines) => {
    expect(fixed(lines)).not.toContain(".std(axis=0");
  },
);

import { loadPython } from "@lookback/service/files/load-python.ts";
import { describe, expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const start = `import numpy as np
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, PredefinedSplit, StratifiedKFold, cross_val_score, cross_validate
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("churn.csv")
X, y, w = df[["age", "calls"]], df["churned"], df["w"]
`;

const resampled = (code: string) =>
  firstFix("resample-before-split", `${start}X_more, y_more = SMOTE().fit_resample(X, y)\n${code}`, python)
    .titles;

const prepared = (code: string) =>
  firstFix("scaler-before-split", `${start}X = StandardScaler().fit_transform(X)\n${code}`, python).titles;

describe("a pipeline that resamples", () => {
  const score = (more: string) => `cross_val_score(LogisticRegression(), X_more, y_more${more})`;

  test.each([
    score(""),
    score(', cv=3, scoring="roc_auc", n_jobs=2, verbose=1'),
    score(", cv=StratifiedKFold(3, shuffle=True)"),
    `folds = StratifiedKFold(3)\n${score(", cv=folds")}`,
    `count = 4\n${score(", cv=count")}`,
    "cross_validate(LogisticRegression(), X_more, y_more, return_train_score=True, return_estimator=False)",
  ])("is scored by folds that know none of the rows: %s", (code) => {
    expect(resampled(code)).toHaveLength(1);
  });

  test.each([
    `folds = list(StratifiedKFold(3).split(X_more, y_more))\n${score(", cv=folds")}`,
    score(", cv=StratifiedKFold(3).split(X_more, y_more)"),
    score(", cv=PredefinedSplit(np.arange(len(y_more)) % 3)"),
    score(", cv=GroupKFold(3), groups=np.arange(len(y_more)) % 20"),
    score(', params={"sample_weight": np.ones(len(y_more))}'),
    score(', fit_params={"sample_weight": np.ones(len(y_more))}'),
    score(", **options"),
    "found = cross_validate(LogisticRegression(), X_more, y_more, return_estimator=True)",
    "found = cross_validate(LogisticRegression(), X_more, y_more, return_indices=True)",
    `def judged():\n    return ${score("")}\nprint(judged())`,
  ])("is none where something is told of each row, or asked of each model: %s", (code) => {
    expect(resampled(code)).toEqual([]);
  });
});

describe("a pipeline that prepares the same rows", () => {
  const score = (more: string) => `cross_val_score(LogisticRegression(), X, y${more})`;

  test.each([
    score(", cv=list(StratifiedKFold(3).split(X, y))"),
    score(', cv=GroupKFold(3), groups=df["city"]'),
    "found = cross_validate(LogisticRegression(), X, y, return_indices=True)",
  ])("may be told of each row: %s", (code) => {
    expect(prepared(code)).toHaveLength(1);
  });

  test.each([
    score(', params={"sample_weight": w}'),
    score(', fit_params={"sample_weight": w}'),
    "found = cross_validate(LogisticRegression(), X, y, return_estimator=True)",
  ])(
    "is none where its fits would not take what the model's took, or where the models are kept: %s",
    (code) => {
      expect(prepared(code)).toEqual([]);
    },
  );
});

import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const start = `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from sklearn.metrics import accuracy_score
from sklearn.model_selection import cross_val_predict, cross_val_score, train_test_split
df = pd.read_csv("churn.csv")
X, y, w = df[["age", "calls"]], df["churned"], df["w"]
model = LogisticRegression()
`;

const fixed = (rule: string, code: string) => firstFix(rule, start + code, python);

test.each([
  "model.fit(X, y)\nprint(model.score(X, y))",
  "model.fit(X=X, y=y)\nprint(accuracy_score(y, model.predict(X)))",
])("a model that was told rows and labels alone answers by folds: %s", (code) => {
  expect(fixed("evaluate-on-train", code).titles).toHaveLength(1);
});

test.each([
  "model.fit(X, y, sample_weight=w)\nprint(model.score(X, y))",
  "model.fit(X, y, w)\nprint(accuracy_score(y, model.predict(X)))",
  "model.fit(X, y)\nprint(model.score(X, y, w))",
  "model.fit(X, y)\nprint(model.score(X, y, sample_weight=w))",
  "model.fit(X, y, **how)\nprint(model.score(X, y))",
])("one that weighs them does not, for the folds would not weigh them: %s", (code) => {
  expect(fixed("evaluate-on-train", code).titles).toEqual([]);
});

const judged = (
  fit: string,
  score: string,
) => `X_train, X_test, y_train, y_test, w_train, w_test = train_test_split(X, y, w, random_state=0)
one = LogisticRegression().fit(X_train, y_train${fit})
print(one.score(X_test, y_test${score}))
other = SVC().fit(X_train, y_train)
print(other.score(X_test, y_test${score}))
last = SVC(C=3).fit(X_train, y_train)
print(last.score(X_test, y_test))`;

test("models are compared by folds where nobody weighs the test rows, and by weighed validation rows where somebody does", () => {
  expect(fixed("multi-test", judged("", "")).titles.join()).toContain("by folds");
  const { titles, text } = fixed("multi-test", judged("", ", sample_weight=w_test"));
  expect(titles.join()).not.toContain("by folds");
  expect(text).toContain("print(one.score(X_valid, y_valid, sample_weight=w_valid))");
});

test("weights of the training rows are cut with them", () => {
  const { text } = fixed("multi-test", judged(", sample_weight=w_train", ", sample_weight=w_test"));
  expect(text).toContain("fit(X_learn, y_learn, sample_weight=w_learn)");
});

const stacked = (learned: string, given: string) => `base = SVC().fit(X, y)
df["guess"] = base.predict(X)
${learned}
last = LogisticRegression().fit(${given})`;

test("answers that a model learns from are by folds of the rows that it learns from, and of no others", () => {
  const all = stacked("", "df[['guess']], y)\nprint(last.score(df[['guess']], y)");
  expect(fixed("stacking-in-sample", all).titles).toHaveLength(1);
  const parted = stacked(
    "train, test, a, b = train_test_split(df[['guess']], y)",
    "train, a)\nprint(last.score(test, b)",
  );
  expect(fixed("stacking-in-sample", parted).titles).toEqual([]);
});

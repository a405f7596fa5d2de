import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const fixed = (loop: string) =>
  firstFix(
    "multi-test",
    `
from sklearn.base import clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scores = {}
${loop}
best = max(scores, key=scores.get)`,
    python,
  );

test.each([
  "for k in range(1, 5):\n    m = RandomForestClassifier(max_depth=k).fit(X_train, y_train)\n    scores[k] = accuracy_score(y_test, m.predict(X_test))",
  "for k in range(1, 5):\n    m = SVC(C=k)\n    m.fit(X_train, y_train)\n    scores[k] = m.score(X_test, y_test)  # of each",
  "for k, m in enumerate([SVC(), LogisticRegression()]):\n    m.fit(X_train, y_train)\n    scores[k] = m.score(X_test, y_test)",
])("of the models that a loop tries, the one that does best on validation rows is scored: %s", (loop) => {
  const { titles, text } = fixed(loop);
  expect(titles).toContain(
    "Compare the models by validation rows, and score by the test rows the one alone that does best there",
  );
  expect(text).toMatch(/\ntried = \[\]\nfor k/);
  expect(text).toMatch(/\(X_valid(, y_valid)?\)+.*\n {4}tried\.append\(m\)\nbest_model = /);
  expect(text).toContain(
    "best_model = max(tried, key=lambda one: one.score(X_valid, y_valid))\nprint(best_model.score(X_test, y_test))\nbest = max",
  );
});

test.each([
  "m = SVC()\nfor k in range(1, 5):\n    m = m.set_params(C=k).fit(X_train, y_train)\n    scores[k] = m.score(X_test, y_test)",
  "only = SVC()\nfor k in range(1, 5):\n    only.C = k\n    m = only.fit(X_train, y_train)\n    scores[k] = m.score(X_test, y_test)",
])("one object that learns again and again is the last model alone, whichever did best: %s", (loop) => {
  expect(fixed(loop).text).not.toContain("print(");
});

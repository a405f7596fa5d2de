import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

test("names that are filled into a text are others too, and words of a text are left", () => {
  const { text } = firstFix(
    "multi-test",
    `from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
one = LogisticRegression().fit(X_train, y_train)
p = one.predict(X_test)
print(f"y_test: {accuracy_score(y_test, p):.3f} {f'{len(y_test)}'}", "y_test")
other = SVC().fit(X_train, y_train)
print(f"{other.score(X_test, y_test)}")
last = SVC(C=3).fit(X_train, y_train)
print(last.score(X_test, y_test))`,
    python,
  );
  expect(text).toContain(`print(f"y_test: {accuracy_score(y_valid, p):.3f} {f'{len(y_valid)}'}", "y_test")`);
  expect(text).toContain('print(f"{other.score(X_valid, y_valid)}")');
});

test("a name that tells an argument, or that a lambda or a comprehension has for itself, is not another", () => {
  const { text } = firstFix(
    "multi-test",
    `from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
one = LogisticRegression().fit(X_train, y_train)
p = one.predict(X_test)
print(accuracy_score(y_test, p), (lambda y_test: y_test / 2)(3), [y_test for y_test in range(3)], dict(y_test=len(y_test)), """y_test""")
other = SVC().fit(X_train, y_train)
print(f"{other.score(X_test, y_test)}")
last = SVC(C=3).fit(X_train, y_train)
print(last.score(X_test, y_test))`,
    python,
  );
  expect(text).toContain(
    'print(accuracy_score(y_valid, p), (lambda y_test: y_test / 2)(3), [y_test for y_test in range(3)], dict(y_test=len(y_valid)), """y_test""")',
  );
});

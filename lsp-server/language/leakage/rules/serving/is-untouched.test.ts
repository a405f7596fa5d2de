import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

const python = await loadPython();

/** Whether the model is said to be asked about rows on their old scale, with something between. */
const isSaid = (between: string): boolean => {
  const code = `import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
X_train, X_test, y_train, y_test = train_test_split(X, y)
X_train = StandardScaler().fit_transform(X_train)
model = SVC().fit(X_train, y_train)
${between}
print(model.score(X_test, y_test))`;
  const { findings } = analyze(readNotebook(code, "a.py").value, { python });
  return findings.some(({ rule }) => rule === "train-only-transform");
};

test.each([
  "",
  'print("X_test")',
  'print("rows of X_test: #", len(X_test))',
  "plot(X_test=1)",
  "results.X_test = 1",
  "print( X_test . shape )",
  "model . predict ( X_test )",
  'print(model.predict(X_test[["a", "b"]]))',
  "# X_test = model.transform(X_test)",
])("rows are as the split gave them where they are only looked at: %s", (between) => {
  expect(isSaid(between)).toBe(true);
});

test.each([
  'X_test.pop("#")',
  'print("#", X_test.pop("a"))',
  "prepare(X_test)",
  'X_test["a"] = 3',
  'X_test.at[0, "a"] = 3',
  'for rows in [X_test]:\n    rows["a"] = 3',
  'exec("X_test = 1")',
  "with prepared() as X_test:\n    pass",
  "del X_test",
  "print(model.predict(X_test.pop(0)))",
])("they may be others where anything else speaks of them: %s", (between) => {
  expect(isSaid(between)).toBe(false);
});

import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

const python = await loadPython();

/** The rules that speak of a pipeline with a transformer of the notebook's own before its model. */
const found = (transformer: string, use: string): readonly string[] => {
  const source = `import pandas as pd
${transformer}
df = pd.read_csv("patients.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["age"]], df["ill"])
pipe = make_pipeline(StandardScaler(), Own(), SVC())
${use}
`;
  return analyze(readNotebook(source, "a.py").value, { python }).findings.map(({ rule }) => rule);
};

const ofEach = `class Own(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        return self
    def transform(self, X):
        return X - X.mean()`;

const ofTraining = `class Own(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.middle = X.mean()
        return self
    def transform(self, X):
        return X - self.middle`;

test.each([
  "pipe.fit(X_train, y_train).score(X_test, y_test)",
  "pipe.fit(X=X_train, y=y_train)\nprint(accuracy_score(y_test, pipe.predict(X_test)))",
  "pipe.fit(X_train, y_train)\nprint(roc_auc_score(y_test, pipe.predict_proba(X_test)[:, 1]))",
])("a step that learns from whatever it transforms learns from the test rows: %s", (use) => {
  expect(found(ofEach, use)).toEqual(["refit-on-test"]);
  expect(found(ofTraining, use)).toEqual([]);
});

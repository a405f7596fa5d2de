import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const start = `import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, classification_report, roc_auc_score
from sklearn.model_selection import cross_val_predict
df = pd.read_csv("churn.csv")
X, y = df[["age", "calls"]], df["churned"]
X_more, y_more = SMOTE().fit_resample(X, y)
`;

const fixed = (code: string) =>
  firstFix("resample-before-split", start + code, python).text.slice(start.length);

const imported = "from imblearn.pipeline import make_pipeline\n";
const answers = "cross_val_predict(make_pipeline(SMOTE(), LogisticRegression()), X, y";

test.each([
  [
    "p = cross_val_predict(LogisticRegression(), X_more, y_more)\nprint(accuracy_score(y_more, p))",
    `${imported}p = ${answers})\nprint(accuracy_score(y, p))`,
  ],
  [
    "print(accuracy_score(y_more, cross_val_predict(LogisticRegression(), X_more, y_more)))",
    `${imported}print(accuracy_score(y, ${answers})))`,
  ],
  [
    'p = cross_val_predict(LogisticRegression(), X_more, y_more, method="predict_proba")[:, 1]\nsure = (p > 0.7).astype(int)\nprint(p, f"{classification_report(y_more, sure)} {roc_auc_score(y_more.values, p):.3}")',
    `${imported}p = ${answers}, method="predict_proba")[:, 1]\nsure = (p > 0.7).astype(int)\nprint(p, f"{classification_report(y, sure)} {roc_auc_score(y.values, p):.3}")`,
  ],
  [
    'for form in ["a", "b"]:\n    p = cross_val_predict(LogisticRegression(), X_more, y_more)\n    print(form, accuracy_score(y_true=y_more, y_pred=p))',
    `${imported}for form in ["a", "b"]:\n    p = ${answers})\n    print(form, accuracy_score(y_true=y, y_pred=p))`,
  ],
])("answers for the rows as they were are held against their labels: %s", (code, expected) => {
  expect(fixed(code)).toBe(expected);
});

test("labels that are written out stand in brackets where the resampled ones had a name", () => {
  const code = `X_more, y_more = SMOTE().fit_resample(X, y == 1)
p = cross_val_predict(LogisticRegression(), X_more, y_more)
print(accuracy_score(y_more.values, p))`;
  expect(fixed(code)).toContain("accuracy_score((y == 1).values, p)");
});

const used = (use: string) =>
  fixed(`w, held, kept = y_more + 1, y_more, []
p = cross_val_predict(LogisticRegression(), X_more, y_more)
${use}`);

test("names of other things stand in nobody's way", () => {
  expect(used("print(accuracy_score(y_more, p))")).toContain("accuracy_score(y, p)");
});

test.each([
  "X_more['p'] = p",
  "print((y_more == p).mean())",
  "print(pd.crosstab(y_more, p))",
  "print(accuracy_score(y_more, p, sample_weight=w))",
  "print(accuracy_score(held, p))",
  "kept.append(p)",
  "def report():\n    return p[y_more == 1]\nprint(report())",
  "q = p + y_more\nprint(accuracy_score(y_more, q))",
  "from helpers import accuracy_score\nprint(accuracy_score(y_more, p))",
  "y = y.replace(2, 1)\nprint(accuracy_score(y_more, p))",
])("no fix where there would be too many answers, or too few, for what is done with them: %s", (use) => {
  expect(used(use)).toBe("");
});

import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const fixed = (filled: string, between = "") =>
  firstFix(
    "refit-on-test",
    `
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
df = pd.read_csv("people.csv")
train, test, y_train, y_test = train_test_split(df[["age", "income"]], df["ill"], random_state=0)
${filled}
model = SVC().fit(train, y_train)
${between}
print(model.score(test, y_test))`,
    python,
  );

test.each([
  [
    "train = train.fillna(train.median())\ntest = test.fillna(test.median())",
    "test = test.fillna(train.median())",
  ],
  [
    `train["age"] = train["age"].fillna(train["age"].mean())\ntest["age"] = test["age"].fillna(test["age"].mean())`,
    `test["age"] = test["age"].fillna(train["age"].mean())`,
  ],
  [
    `train['age'] = train['age'].fillna(np.mean(train['age']), inplace=False)\ntest['age'] = test['age'].fillna(np.mean(test['age']), inplace=False)`,
    `fillna(np.mean(train['age']), inplace=False)\nmodel`,
  ],
  [
    "train.fillna(value=train.mean(), inplace=True)\ntest.fillna(value=test.mean(), inplace=True)",
    "test.fillna(value=train.mean(), inplace=True)",
  ],
])("gaps of the test rows are filled with what fills those of the training rows: %s", (filled, expected) => {
  const { titles, text } = fixed(filled);
  expect(titles).toEqual(["Fill the test rows with what the training rows taught"]);
  expect(text).toContain(expected);
});

test.each([
  ["what filling changes", "train = train.fillna(train.std())\ntest = test.fillna(test.std())"],
  ["another statistic", "train = train.fillna(train.mean())\ntest = test.fillna(test.median())"],
  [
    "another column",
    `train["age"] = train["age"].fillna(train["age"].mean())\ntest["income"] = test["income"].fillna(test["income"].mean())`,
  ],
  [
    "training rows that are others by then",
    "train = train.fillna(train.mean())\ntrain = train * 2\ntest = test.fillna(test.mean())",
  ],
  ["training rows that come later", "test = test.fillna(test.mean())\ntrain = train.fillna(train.mean())"],
  ["rows that are scaled by it", "train = train - train.mean()\ntest = test - test.mean()"],
  [
    "a fill that may not be",
    "train = train.fillna(train.mean())\nif len(test) > 5:\n    test = test.fillna(test.mean())",
  ],
])("%s is no reason to take theirs", (_, filled) => {
  expect(fixed(filled).titles).not.toContain("Fill the test rows with what the training rows taught");
});

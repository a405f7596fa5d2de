import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const start = `import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("churn.csv")
`;

const score = `
X_train, X_test, y_train, y_test = train_test_split(df[["g", "calls"]], df["churned"], random_state=0)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`;

const fixed = (rule: string, code: string) => firstFix(rule, start + code, python);

test.each(["mean", "median", "std"])(
  "what each group says is looked up, and what all say of one that has none: %s",
  (how) => {
    const { text, titles } = fixed(
      "scaler-before-split",
      `df["g"] = df.groupby("city")["amount"].transform("${how}")${score}`,
    );
    expect(text).toContain(
      `df["city"].map(df[is_train].groupby("city")["amount"].${how}()).fillna(df[is_train]["amount"].${how}())`,
    );
    expect(titles).toEqual([
      "Say first which rows are for training, and learn from those alone; a group that has none there gets what all of them say",
    ]);
  },
);

test("nothing is said of groups where none are asked", () => {
  const { titles } = fixed("scaler-before-split", `df["g"] = df["amount"] - df["amount"].mean()${score}`);
  expect(titles).toEqual(["Say first which rows are for training, and learn from those alone"]);
});

test.each(["rank", "count", "size", "sum", "nunique"])(
  "a value of each row, and how much a group holds, are no value of its training rows: %s",
  (how) => {
    const { titles } = fixed(
      "scaler-before-split",
      `df["g"] = df.groupby("city")["amount"].transform("${how}")${score}`,
    );
    expect(titles).toEqual([]);
  },
);

test.each([
  'df["g"] = df["city"].map(df.groupby("city")["amount"].mean())',
  'means = df.groupby("city").amount.median()\ndf["g"] = df["city"].map(means)',
  'means = df["amount"].groupby(df["city"]).mean()\ndf["g"] = df["city"].map(means)',
  'df["g"] = df["amount"] / df.groupby("city")["amount"].mean().max()',
])("groups are picked from by no mask: %s", (code) => {
  expect(fixed("scaler-before-split", code + score).titles).toEqual([]);
});

const centred = (values: string) => `rows = pd.read_csv("full.csv").to_dict("records")
table = pd.DataFrame(rows)
values = ${values}
middle = np.mean(values)
X = np.array([[row["age"] - middle, row["calls"]] for row in rows])
y = np.array([row["churned"] for row in rows])
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`;

test("an array of the same rows is asked by one", () => {
  expect(fixed("scaler-before-split", centred('table["age"].values')).text).toContain(
    "np.mean(values[is_train])",
  );
});

test.each(['[row["age"] for row in rows]', '[row["age"] for row in rows if row]', 'list(table["age"])'])(
  "a list is asked by no mask: %s",
  (values) => {
    expect(fixed("scaler-before-split", centred(values)).titles).toEqual([]);
  },
);

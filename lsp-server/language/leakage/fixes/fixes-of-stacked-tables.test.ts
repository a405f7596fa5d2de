import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { firstFix } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const fixed = (rule: string, code: string) => firstFix(rule, code, python);

/** Two tables put together, filled by what both say, cut apart by `cut`, and the first of them split. */
const together = (
  cut: string,
  { stack = "pd.concat([train, test])", between = "" } = {},
) => `import pandas as pd
from sklearn.model_selection import train_test_split
train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
both = ${stack}
both = pd.get_dummies(both)
${between}both = both.fillna(both.mean())
${cut}
y = train.y
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.2, stratify=y)
model = SVC().fit(X_train, y_train)
print(model.score(X_val, y_val))
answers = model.predict(asked)`;

describe("of tables put together, what fills gaps is learned from the training rows of the first", () => {
  test.each([
    ["X, asked = both[:len(train)], both[len(train):]", "len(train)"],
    ["X, asked = both[:train.shape[0]], both[train.shape[0]:]", "len(train)"],
    ["X, asked = both.iloc[:891], both.iloc[891:]", "891"],
  ])("where they are cut apart by %s", (cut, count) => {
    expect(
      fixed("imputer-before-split", together(cut)).text,
    ).toContain(`rows = both.reset_index(drop=True).index
train_rows, test_rows = train_test_split(rows[:${count}], test_size=0.2, stratify=train.y)
is_train, is_test = rows.isin(train_rows), rows.isin(test_rows)
both = both.fillna(both[is_train].mean())
${cut}
y = train.y
X_train, X_val, y_train, y_val = X[is_train[:${count}]], X[is_test[:${count}]], y[is_train[:${count}]], y[is_test[:${count}]]
`);
  });

  const apart = "X, asked = both[:len(train)], both[len(train):]";

  test.each([
    [
      "the other one is split",
      together("X, asked = both[len(test):], both[:len(test)]", { stack: "pd.concat([test, train])" }),
    ],
    ["rows change places", together(apart, { between: "both = both.sort_values('a')\n" })],
  ])("but not where %s", (_, code) => {
    expect(fixed("imputer-before-split", code).titles).toEqual([]);
  });
});

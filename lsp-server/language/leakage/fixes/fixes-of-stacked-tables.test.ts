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
X_train, X_val, y_train, y_val = X.iloc[train_rows], X.iloc[test_rows], y.iloc[train_rows], y.iloc[test_rows]
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

/** Two tables, each filled by what it says itself, then put together and cut apart by a number. */
const filledAlone = (between = "") => `import pandas as pd
from sklearn.model_selection import train_test_split
train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
train["size"] = train["size"].fillna(train["size"].mean())
${between}test["size"] = test["size"].fillna(test["size"].mean())
both = pd.concat([train, test], axis=0)
both = pd.get_dummies(both)
known = both.iloc[:891, :]
known.isnull().sum()
X, y = known.drop("y", axis=1), known["y"]
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.2, random_state=1)
model = SVC().fit(X_train, y_train)
print(model.score(X_val, y_val))`;

describe("of tables that are filled alone and put together later", () => {
  test("both learn from the training rows of the first", () => {
    expect(
      fixed("imputer-before-split", filledAlone()).text,
    ).toContain(`train_rows, test_rows = train_test_split(train.index, test_size=0.2, random_state=1)
train["size"] = train["size"].fillna(train["size"][train.index.isin(train_rows)].mean())
test["size"] = test["size"].fillna(train[train.index.isin(train_rows)]["size"].mean())
both = pd.concat([train, test], axis=0)`);
  });

  test.each([
    ["is scaled by then", 'train["size"] = train["size"] / 100\n'],
    ["is scaled in some rows", 'train.loc[train["size"] == 3, "size"] = 4\n'],
    ["may be another", 'train.at[0, "size"] = 3\n'],
    ["may be gone by then", "train.drop(columns=few, inplace=True)\n"],
  ])("the second does not where the column of the first %s", (_, between) => {
    const { text } = fixed("imputer-before-split", filledAlone(between));
    expect(text).toContain('train["size"].fillna(train["size"][train.index.isin(train_rows)].mean())');
    expect(text).toContain('test["size"].fillna(test["size"].mean())');
  });

  test.each(['print(train.drop(columns=["size"]))\n', 'print("train = 1; del train")\n'])(
    "both do where the first is only shown: %s",
    (between) => {
      const { text } = fixed("imputer-before-split", filledAlone(between));
      expect(text).toContain('test["size"].fillna(train[train.index.isin(train_rows)]["size"].mean())');
    },
  );

  test("both do where the columns stand in a list, and others are dropped between", () => {
    const code = filledAlone(
      'gone = ["id"]\ntrain.drop(columns=gone, inplace=True)\nfilled = ["size"]\n',
    ).replace(
      'test["size"] = test["size"].fillna(test["size"].mean())',
      "for column in filled:\n    test[column] = test[column].fillna(test[column].mean())",
    );
    expect(fixed("imputer-before-split", code).text).toContain(
      "test[column].fillna(train[train.index.isin(train_rows)][column].mean())",
    );
  });

  test("where some of their rows are left out before the split, chance draws anew, and that is said", () => {
    const { titles, text } = fixed("imputer-before-split", filledAlone("train.dropna(inplace=True)\n"));
    expect(titles).toEqual([
      "Say first which rows are for training, drawn anew before any is left out or moved, and learn from those alone",
    ]);
    expect(text).toContain("train.index.isin(train_rows)");
  });

  test("none does where their rows get other labels", () => {
    const code = filledAlone().replace("axis=0", "ignore_index=True");
    expect(fixed("imputer-before-split", code).titles).toEqual([]);
  });
});

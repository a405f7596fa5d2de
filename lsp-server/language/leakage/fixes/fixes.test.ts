import { readdirSync } from "node:fs";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { firstFix, textOf } from "./first-fix.ts";
import { fixKinds } from "./fix-kinds.ts";
import { fixAll } from "./proven-fixes.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const look = (notebook: Notebook) => analyze(notebook, { python });
const fixed = (rule: string, code: string) => firstFix(rule, code, python);

test("every kind is in the list, under its file's name", () => {
  const written = readdirSync(new URL("./kinds/", import.meta.url)).map((name) => name.replace(/\.ts$/, ""));
  expect(fixKinds.map(({ id }) => id).sort()).toEqual(written.sort());
});

describe("steps in front of a split", () => {
  test("move behind it together, in their order", () => {
    const { text } = fixed(
      "scaler-before-split",
      `
X = SimpleImputer().fit_transform(X)
X = StandardScaler().fit_transform(X)
X = PCA(2).fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)`,
    );
    expect(text).toBe(`imputer = SimpleImputer()
scaler = StandardScaler()
pca = PCA(2)
X_train, X_test, y_train, y_test = train_test_split(X, y)
X_train = imputer.fit_transform(X_train)
X_test = imputer.transform(X_test)
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
X_train = pca.fit_transform(X_train)
X_test = pca.transform(X_test)
SVC().fit(X_train, y_train).score(X_test, y_test)`);
  });

  test("keep the labels they learn from", () => {
    const { text } = fixed(
      "feature-selection-before-split",
      `
chosen = SelectKBest(k=5).fit_transform(X, y)
X_train, X_test, y_train, y_test = train_test_split(chosen, y)
SVC().fit(X_train, y_train).score(X_test, y_test)`,
    );
    expect(text).toContain("train_test_split(X, y)\nX_train = selector.fit_transform(X_train, y_train)");
  });

  test("stay where somebody between uses what they give, and learn from the training rows there", () => {
    const { titles, text } = fixed(
      "scaler-before-split",
      `
import pandas as pd
df = pd.read_csv("a.csv")
X, y = df[["a", "b"]], df["y"]
X = StandardScaler().fit_transform(X)
print(X.mean())
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
SVC().fit(X_train, y_train).score(X_test, y_test)`,
    );
    expect(titles).toEqual(["Say first which rows are for training, and learn from those alone"]);
    expect(text).toContain("X = StandardScaler().fit(X[is_train]).transform(X)");
    expect(text).toContain("= X[train_rows], X[test_rows], y.iloc[train_rows], y.iloc[test_rows]");
  });

  test("are not offered to learn from rows by their place where these change places", () => {
    const { titles } = fixed(
      "imputer-before-split",
      `
df = pd.read_csv("a.csv", index_col="id")
df["a"] = df["a"].fillna(df["a"].median())
df = df.sample(frac=1)
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)`,
    );
    expect(titles).toEqual([]);
  });
});

describe("a set of rows that says when to stop", () => {
  const stopped = (learning: string, scoring: string) =>
    fixed(
      "early-stop-on-test",
      `
import xgboost as xgb
from sklearn.model_selection import train_test_split
X_train, X_test, y_train, y_test = train_test_split(X, y)
learned = xgb.DMatrix(X_train, label=y_train)
watched = xgb.DMatrix(X_test, label=y_test)
model = xgb.train(params, learned, ${learning}, early_stopping_rounds=9)
print(mean_squared_error(y_test, model.predict(${scoring})))`,
    ).text;

  test("is made of validation rows", () => {
    expect(
      stopped('evals=[(watched, "valid")]', "xgb.DMatrix(X_test)"),
    ).toContain(`X_learn, X_valid, y_learn, y_valid = train_test_split(X_train, y_train, random_state=0)
learned = xgb.DMatrix(X_learn, label=y_learn)
watched = xgb.DMatrix(X_valid, label=y_valid)
`);
  });

  test("stays where the score is of it", () => {
    expect(stopped('evals=[(watched, "valid")]', "watched")).toBe("");
  });
});

describe("what is learned below the split from all rows", () => {
  const below = (rule: string, between: string, learned: string) =>
    fixed(
      rule,
      `
import numpy as np
df = pd.read_csv("a.csv")
X, y = df[["a", "b"]], df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
${between}${learned}
SVC().fit(X_train, y_train).score(X_test, y_test)`,
    ).text;
  const scaled = "X_train, X_test = scaler.transform(X_train), scaler.transform(X_test)";

  test("is learned from the training part", () => {
    expect(below("scaler-before-split", "", `scaler = StandardScaler().fit(X)\n${scaled}`)).toContain(
      `scaler = StandardScaler().fit(X_train)\n${scaled}`,
    );
    expect(below("imputer-before-split", "", 'X_train["a"] = X_train["a"].fillna(df["a"].mean())')).toContain(
      'X_train["a"] = X_train["a"].fillna(X_train["a"].mean())',
    );
    const other = 'X_train["b"] = X_train["b"].fillna(0)\n';
    expect(
      below("imputer-before-split", other, 'X_train["a"] = X_train["a"].fillna(np.mean(df.a))'),
    ).toContain('X_train["a"] = X_train["a"].fillna(np.mean(X_train.a))');
  });

  test("is left where the very column is filled by then", () => {
    const filled = 'X_train["a"] = X_train["a"].fillna(0)\n';
    expect(below("imputer-before-split", filled, 'X_train["b"] = X_train["b"].fillna(X["a"].mean())')).toBe(
      "",
    );
  });

  test.each([
    ["the part says something else by then", "X_train = X_train / 100\n"],
    ["each of its values is raised", "X_train **= 2\n"],
    ["a column of it is gone", 'X_train.pop("b")\n'],
    ["a column of all rows is", 'del X["b"]\n'],
    ["columns of it that the text does not name are filled", "X_train[first] = X_train[first].fillna(0)\n"],
    ["all rows do", 'X["b"] = X["a"] * X["b"]\n'],
    ["the part is changed in place", "X_train.drop(columns=few, inplace=True)\n"],
  ])("is left where %s", (_, between) => {
    expect(below("scaler-before-split", between, `scaler = StandardScaler().fit(X)\n${scaled}`)).toBe("");
  });
});

describe("rows that were resampled before a split", () => {
  const resampled = (between: string, split: string) =>
    fixed(
      "resample-before-split",
      `
import pandas as pd
df = pd.read_csv("a.csv")
X, y = df[["age", "income"]], df["y"]
smote = SMOTE()
X_more, y_more = smote.fit_resample(X, y)
${between}X_train, X_test, y_train, y_test = ${split}
SVC().fit(X_train, y_train).score(X_test, y_test)`,
    ).text;

  test("are split as they were, by the labels that they had", () => {
    expect(
      resampled("X_more = pd.DataFrame(X_more)\n", "train_test_split(X_more, y_more, stratify=y_more)"),
    ).toContain(`X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y)
X_train, y_train = smote.fit_resample(X_train, y_train)`);
  });

  test("are left to whoever does more with them", () => {
    expect(resampled("X_more = X_more / X_more.max()\n", "train_test_split(X_more, y_more)")).toBe("");
  });

  test.each([
    'X_more.drop(columns=["age"], inplace=True)',
    'X_more["age2"] = X_more["age"] ** 2',
    'del X_more["age"]',
    'X_more.pop("age")',
    'X_more.insert(0, "one", 1)',
    'X_more.income = X_more["income"] / 1000',
    "X_more[X_more < 0] = 0",
    "X_more += 1",
    "add(X_more)",
    'X_more = pd.DataFrame(X_more, columns=["age"])',
    'X_more.rename(columns={"age": "years"}, inplace=True)',
    'X_more.columns = ["a", "b"]',
    "np.add(X_more, 1, out=X_more)",
    "for name in list(X_more):\n    X_more[name] = X_more[name] + 1",
    'same = X_more\nsame.drop(columns=["age"], inplace=True)',
    'X.drop(columns=["age"], inplace=True)',
    "y_more[y_more > 1] = 1",
  ])("are left where they are changed since: %s", (between) => {
    expect(resampled(`${between}\n`, "train_test_split(X_more, y_more)")).toBe("");
  });

  test.each(["print(X_more.shape)", "y_more.value_counts()", "X_more.head()", "n = len(X_more)"])(
    "are split as they were where they are only asked: %s",
    (between) => {
      expect(resampled(`${between}\n`, "train_test_split(X_more, y_more)")).toContain(
        "train_test_split(X, y)",
      );
    },
  );
});

test("what is only shown in another order between keeps its rows", () => {
  const learned = (between: string) =>
    fixed(
      "imputer-before-split",
      `
df = pd.read_csv("a.csv", index_col="id")
df["a"] = df["a"].fillna(df["a"].median())
${between}
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)`,
    ).text;
  expect(learned('(df["a"] * 2).sort_values().head()')).toContain('df["a"][is_train].median()');
  expect(learned('df.sort_values("a").plot(x="a", y="y")')).toContain('df["a"][is_train].median()');
  expect(learned('df.sort_values("a", inplace=True)')).toBe("");
});

test("what a condition picked twice is not taken for the same rows", () => {
  const { text } = fixed(
    "scaler-before-split",
    `
df = pd.read_csv("a.csv")
df = df[df["c"] > 5]
df["c"] = (df["c"] - df["c"].mean()) / df["c"].std()
some = df[df.c > 5]
df["a"] = df["a"].fillna(some["a"].mean())
X, y = df[["a", "c"]], df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)`,
  );
  expect(text).toContain('df["c"] = (df["c"] - df["c"][is_train].mean()) / df["c"][is_train].std()');
  expect(text).toContain('some["a"].mean()');
});

test("what a condition picked twice has not the labels of all rows", () => {
  const { titles } = fixed(
    "imputer-before-split",
    `
df = pd.read_csv("a.csv")
df = df[df["c"] > 5]
df["c"] = df["c"] / 2
some = df[df["c"] > 5]
df["a"] = df["a"].fillna(some["a"].mean())
X, y = df[["a", "c"]], df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)`,
  );
  expect(titles).toEqual([]);
});

test("the mean of each group is looked up among the training rows", () => {
  const { text } = fixed(
    "imputer-before-split",
    `
df = pd.read_csv("a.csv")
df["a"] = df["a"].fillna(df.groupby("g")["a"].transform("mean"))
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)`,
  );
  expect(text).toContain('df["g"].map(df[is_train].groupby("g")["a"].mean())');
});

test("a score of the training rows becomes one of folds", () => {
  const { text } = fixed(
    "evaluate-on-train",
    `
model = LinearRegression().fit(X, y)
print(mean_absolute_error(y, model.predict(X)))`,
  );
  expect(text).toBe(`model = LinearRegression().fit(X, y)
from sklearn.model_selection import cross_val_predict
print(mean_absolute_error(y, cross_val_predict(model, X, y)))`);
});

test("models are compared by validation rows, and the last is scored by the test rows", () => {
  const { text } = fixed(
    "multi-test",
    `
X_train, X_test, y_train, y_test = train_test_split(X, y)
one = SVC().fit(X_train, y_train)
print(one.score(X_test, y_test))
other = Ridge().fit(X_train, y_train)
print(other.score(X_test, y_test))`,
  );
  expect(text).toBe(`X_train, X_test, y_train, y_test = train_test_split(X, y)
from sklearn.model_selection import train_test_split
X_learn, X_valid, y_learn, y_valid = train_test_split(X_train, y_train, random_state=0)
one = SVC().fit(X_learn, y_learn)
print(one.score(X_valid, y_valid))
other = Ridge().fit(X_train, y_train)
print(other.score(X_test, y_test))`);
});

test("all that is safe is fixed one after the other; a suggestion is left", () => {
  const notebook = readNotebook(
    `df = pd.read_csv("a.csv")
X, y = df[["a"]], df["y"]
X, y = SMOTE().fit_resample(X, y)
X = StandardScaler().fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = SVC().fit(X_train, y_train)
print(model.score(X_test, y_test), model.score(X_train, y_train))
`,
    "a.py",
  ).value;
  const after = fixAll(notebook, { python, analyze: look });
  expect(look(after).findings.map(({ rule }) => rule)).toEqual([]);
  expect(textOf(after)).not.toMatch(/fit_(resample|transform)\(X[,)]/);
});

describe("rows of one entity", () => {
  const visits = `import pandas as pd
from sklearn.model_selection import GroupKFold, GroupShuffleSplit
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()
X, y = visits[["before"]], visits["ill"]
`;
  const kept = (code: string) => fixed("group-across-split", visits + code).text.slice(visits.length);

  test("stay on one side of a split", () => {
    expect(
      kept(`X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=1)
SVC().fit(X_train, y_train).score(X_test, y_test)`),
    ).toBe(`train_rows, test_rows = next(GroupShuffleSplit(n_splits=1, test_size=0.3, random_state=1).split(visits, groups=visits["patient_id"]))
X_train, X_test, y_train, y_test = X.iloc[train_rows], X.iloc[test_rows], y.iloc[train_rows], y.iloc[test_rows]
SVC().fit(X_train, y_train).score(X_test, y_test)`);
  });

  test.each([
    [
      "cross_val_score(SVC(), X, y, cv=KFold(4, shuffle=True))",
      'cross_val_score(SVC(), X, y, cv=GroupKFold(n_splits=4), groups=visits["patient_id"])',
    ],
    [
      "cross_val_score(SVC(), X, y, cv=3)",
      'cross_val_score(SVC(), X, y, cv=GroupKFold(n_splits=3), groups=visits["patient_id"])',
    ],
    [
      "cross_val_score(SVC(), X, y)",
      'cross_val_score(SVC(), X, y, cv=GroupKFold(n_splits=5), groups=visits["patient_id"])',
    ],
  ])("stay in one fold: %s", (code, wanted) => {
    expect(kept(code)).toBe(wanted);
  });

  test("are not cut by the entities of other rows", () => {
    expect(kept("few = X.dropna()\ncross_val_score(SVC(), few, y[few.index])")).toBe("");
  });
});

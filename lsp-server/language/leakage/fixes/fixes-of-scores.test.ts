import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { firstFix } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const fixed = (rule: string, code: string) => firstFix(rule, code, python);

describe("models that the same test rows judge", () => {
  test("are compared by folds where a function fits and scores them", () => {
    const { text } = fixed(
      "multi-test",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
def judge(model):
    model.fit(X_train, y_train)
    guessed = model.predict(X_test)
    return accuracy_score(y_test, guessed)
print(judge(SVC()), judge(GaussianNB()))`,
    );
    expect(text).toBe(`X_train, X_test, y_train, y_test = train_test_split(X, y)
from sklearn.model_selection import cross_val_predict
def judge(model):
    model.fit(X_train, y_train)
    guessed = cross_val_predict(model, X_train, y_train)
    return accuracy_score(y_train, guessed)
print(judge(SVC()), judge(GaussianNB()))`);
  });

  test("are compared by folds of what each learned from, whatever that is, and the last is scored", () => {
    const { text } = fixed(
      "multi-test",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
one = SVC().fit(X_train[["a"]], y_train)
print(one.score(X_test[["a"]], y_test))
answers = Ridge().fit(X_train[["a", "b"]], y_train).predict(X_test[["a", "b"]])
print(r2_score(y_test, answers))
last = Lasso().fit(X_train, y_train)
print(last.score(X_test, y_test))`,
    );
    expect(text).toContain('print(cross_val_score(one, X_train[["a"]], y_train).mean())');
    expect(text).toContain(
      'answers = cross_val_predict(Ridge(), X_train[["a", "b"]], y_train)\nprint(r2_score(y_train, answers))',
    );
    expect(text).toContain("print(last.score(X_test, y_test))");
  });

  test("are left where folds, or validation rows, would be parted behind what was learned from all of them", () => {
    const judged = (above: string) =>
      fixed(
        "multi-test",
        `
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a", "b"]], df["y"], random_state=0)
${above}one, other = SVC().fit(X_train, y_train), GaussianNB()
print(one.score(X_test, y_test))
other.fit(X_train, y_train)
print(other.score(X_test, y_test))
last = Ridge().fit(X_train, y_train)
print(last.score(X_test, y_test))`,
      ).titles.length;
    expect(judged("")).toBeGreaterThan(0);
    const scaled =
      "def centred(t):\n    return t - t.mean()\nX_train, X_test = centred(X_train), centred(X_test)\n";
    expect(judged(scaled)).toBe(0);
  });

  test.each([
    ["the answers stand beside the test rows", "print(X_test.assign(guessed=guessed))"],
    ["the answers are held against nothing that is known", "print(accuracy_score(truth, guessed))"],
  ])("are left where %s", (_, use) => {
    const { titles } = fixed(
      "multi-test",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
truth = y_test
def judge(model, X_train, y_train):
    model.fit(X_train, y_train)
    guessed = model.predict(X_test)
    ${use}
    return f1_score(${use.includes("truth") ? "truth" : "y_test"}, guessed)
print(judge(SVC(), X_train, y_train), judge(GaussianNB(), X_train, y_train))`,
    );
    expect(titles).toEqual([]);
  });
});

describe("columns of the categories at hand", () => {
  test("become those of the training rows, as they were made", () => {
    const { text } = fixed(
      "dummies-drift",
      `
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
X = pd.get_dummies(train["city"], drop_first=True)
X.columns = [str(name) for name in X.columns]
model = SVC().fit(X, train["sold"])
model.score(pd.get_dummies(test["city"], drop_first=True), test["sold"])`,
    );
    expect(text).toContain('X = pd.get_dummies(train["city"], drop_first=True)\ndummy_columns = X.columns\n');
    expect(text).toContain('pd.get_dummies(test["city"]).reindex(columns=dummy_columns, fill_value=0)');
  });

  test("lack the answers where the training table holds them", () => {
    const { text } = fixed(
      "dummies-drift",
      `
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
train = pd.get_dummies(train)
model = SVC().fit(train[["a", "city_1"]], train["sold"])
test = pd.get_dummies(test)
answers = model.predict(test[["a", "city_1"]])`,
    );
    expect(text).toContain('.reindex(columns=train.columns.drop(["sold"], errors="ignore"), fill_value=0)');
  });

  test("are left where another call may have made those of the training rows", () => {
    const { titles } = fixed(
      "dummies-drift",
      `
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
X = pd.get_dummies(train["city"])
model = SVC().fit(X, train["sold"])
model.score(pd.get_dummies(test["town"]), test["sold"])`,
    );
    expect(titles).toEqual([]);
  });
});

test("files that are put together are prepared by what the first of them says, as long as its rows stand first", () => {
  const together = (between: string) => `
import numpy as np
import pandas as pd
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
data = pd.concat([train, test], sort=False)
${between}
data["fare"] = data["fare"].fillna(np.mean(data["fare"]))
train, test = data[: len(train)], data[len(train) :]
model = SVC().fit(train[["fare"]], train["sold"])
answers = model.predict(test[["fare"]])`;
  expect(fixed("train-test-concat-stat", together('data["sex"] = data["sex"].map(codes)')).text).toContain(
    'data["fare"].fillna(np.mean(data["fare"][:len(train)]))',
  );
  expect(fixed("train-test-concat-stat", together('data = data.sort_values("fare")')).titles).toEqual([]);
});

describe("steps in front of folds", () => {
  test("are made in every fold, all in their order", () => {
    const { text } = fixed(
      "scaler-before-split",
      `
X, y = df[["a", "b"]], df["y"]
X = SimpleImputer().fit_transform(X)
scaler = StandardScaler()
X = scaler.fit_transform(X)
for model in [SVC(), Ridge()]:
    print(cross_val_score(model, X, y, cv=4).mean())`,
    );
    expect(text).toBe(`X, y = df[["a", "b"]], df["y"]
X_raw = X
X = SimpleImputer().fit_transform(X)
scaler = StandardScaler()
X = scaler.fit_transform(X)
from sklearn.pipeline import make_pipeline
for model in [SVC(), Ridge()]:
    print(cross_val_score(make_pipeline(SimpleImputer(), scaler, model), X_raw, y, cv=4).mean())`);
  });

  test.each([
    ["something else is made of what they give", "X = X * 2"],
    ["another score rests on them", "GridSearchCV(SVC(), {'C': [1, 2]}).fit(X, y).best_score_"],
  ])("are left where %s", (_, between) => {
    const { titles } = fixed(
      "scaler-before-split",
      `
X, y = df[["a", "b"]], df["y"]
X = StandardScaler().fit_transform(X)
${between}
print(cross_val_score(SVC(), X, y))`,
    );
    expect(titles).toEqual([]);
  });
});

describe("before anybody has learned from the parts of a split", () => {
  test("steps move behind it all the same", () => {
    const { text } = fixed(
      "resample-before-split",
      `
X_more, y_more = SMOTE().fit_resample(X, y)
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more)`,
    );
    expect(text).toBe(`X_train, X_test, y_train, y_test = train_test_split(X, y)
X_train, y_train = SMOTE().fit_resample(X_train, y_train)`);
  });

  test("what fills gaps learns from the training rows", () => {
    const { text } = fixed(
      "imputer-before-split",
      `
df = pd.read_csv("a.csv")
df["a"] = df["a"].fillna(df["a"].mean())
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"])`,
    );
    expect(text).toContain('df["a"].fillna(df["a"][is_train].mean())');
  });
});

test.each([
  [
    "the fitted scaler",
    "model = SVC().fit(scaler.fit_transform(X_train), y_train)\nprint(model.score(X_test, y_test))",
    "print(model.score(scaler.transform(X_test), y_test))",
  ],
  [
    "the same function",
    'model = SVC().fit(np.log1p(X_train[["a"]]), y_train)\nprint(model.score(X_test[["a"]], y_test))',
    'print(model.score(np.log1p(X_test[["a"]]), y_test))',
  ],
  [
    "nothing that has no name any more",
    "model = SVC().fit(StandardScaler().fit_transform(X_train), y_train)\nprint(model.score(X_test, y_test))",
    null,
  ],
])("rows that are asked about are prepared by %s", (_, code, expected) => {
  const { text } = fixed(
    "train-only-transform",
    `import numpy as np
scaler = StandardScaler()
X_train, X_test, y_train, y_test = train_test_split(X, y)
${code}`,
  );
  expect(text.split("\n").at(-1)).toBe(expected ?? "");
});

test("a condition and a beginning are both said of the table", () => {
  const { text } = fixed(
    "train-test-concat-stat",
    `
import pandas as pd
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
data = pd.concat([train, test])
data["fare"] = data["fare"].fillna(data[data["sex"] == "m"]["fare"].median())
train, test = data[: len(train)], data[len(train) :]
answers = SVC().fit(train[["fare"]], train["sold"]).predict(test[["fare"]])`,
  );
  expect(text).toContain('fillna(data[:len(train)][data[:len(train)]["sex"] == "m"]["fare"].median())');
});

test("all that a model says of the rows it has learned is said by folds at once, where one alone would leave the others", () => {
  const { text } = fixed(
    "evaluate-on-train",
    `
import pandas as pd
df = pd.read_csv("a.csv")
X, y = df[["a"]], df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = SVC().fit(X_train, y_train)
print(model.score(X_train, y_train))
print(model.predict(X_train))
print(model.score(X_test, y_test))`,
  );
  expect(text).toContain("print(cross_val_score(model, X_train, y_train).mean())");
  expect(text).toContain("print(cross_val_predict(model, X_train, y_train))");
  expect(text.match(/import cross_val_score/g)).toHaveLength(1);
});

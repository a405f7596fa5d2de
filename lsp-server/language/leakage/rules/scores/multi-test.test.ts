import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../../notebook/python.ts";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

function saidOf(code: string): string[] {
  const { findings } = analyze(readNotebook(code, "a.py").value, { python });
  return findings
    .filter(({ rule }) => rule === "multi-test")
    .map(({ severity, message }) => `${severity}: ${message}`);
}

const arrays = 'x, y = np.load("x.npy"), np.load("y.npy")\n';

test.each([
  [
    "one group left out in each turn",
    `df = pd.read_csv("walks.csv")
scores = []
for who in df["subject"].unique():
    train, test = df[df["subject"] != who], df[df["subject"] == who]
    model = KNeighborsClassifier(3).fit(train[["speed"]], train["gait"])
    scores.append(model.score(test[["speed"]], test["gait"]))
print(max(scores))`,
  ],
  [
    "folds cut by hand",
    `${arrays}size, errors = len(x) // 5, []
for i in range(5):
    here, there = i * size, (i + 1) * size
    model = Ridge().fit(np.concatenate([x[:here], x[there:]]), np.concatenate([y[:here], y[there:]]))
    errors.append(mean_squared_error(y[here:there], model.predict(x[here:there])))
print(min(errors))`,
  ],
  [
    "a number counted beside what is looped over",
    `${arrays}for i, name in enumerate(names):
    model = Ridge().fit(np.delete(x, slice(i, i + 5), 0), np.delete(y, slice(i, i + 5)))
    print(name, model.score(x[i : i + 5], y[i : i + 5]))`,
  ],
  [
    "each call resamples rows of its own",
    `def judge(rows, answers):
    X_train, X_test, y_train, y_test = train_test_split(rows, answers, random_state=1)
    return SVC().fit(X_train, y_train).score(X_test, y_test)
df = pd.read_csv("cards.csv")
X, y = df[["a"]], df["fraud"]
print(judge(X, y), judge(*SMOTE().fit_resample(X, y)))`,
  ],
])("the rows of each turn are others: %s", (_, code) => {
  expect(saidOf(code)).toEqual([]);
});

test("more training rows in each turn, and the same test rows", () => {
  expect(
    saidOf(`${arrays}for size in range(10, 100, 10):
    model = Ridge().fit(x[:size], y[:size])
    print(size, model.score(x[100:], y[100:]))`),
  ).toEqual([
    "information: Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
  ]);
});

const fitted = (rows: string, others: string) => `df = pd.read_csv("cards.csv")
X, y = df[["a"]], df["fraud"]
X_rest, ${others}, y_rest, y_${others} = train_test_split(X, y)
X_train, ${rows}, y_train, y_${rows} = train_test_split(X_rest, y_rest)
models = [SVC(), GaussianNB()]
for model in models:
    model.fit(X_train, y_train)
best = max(models, key=lambda model: model.score(${rows}, y_${rows}))
`;

test.each([
  ["rows of the training part", `${fitted("A", "B")}print(best.score(B, y_B))`],
  [
    "rows of a file of their own",
    `train, val, test = pd.read_csv("a.csv"), pd.read_csv("b.csv"), pd.read_csv("c.csv")
models = [SVC(C=c).fit(train[["a"]], train["y"]) for c in [1, 2, 3]]
best = max(models, key=lambda model: model.score(val[["a"]], val["y"]))
print(best.score(test[["a"]], test["y"]))`,
  ],
])("what was chosen by a key is scored on other rows: %s", (_, code) => {
  expect(saidOf(code)).toEqual([]);
});

test("rows that are called validation rows are not said to be test rows", () => {
  const chosen = `df = pd.read_csv("cards.csv")
X_train, X_val, y_train, y_val = train_test_split(df[["a"]], df["fraud"])
models = [SVC().fit(X_train, y_train), GaussianNB().fit(X_train, y_train)]
best = max(models, key=lambda model: model.score(X_val, y_val))`;
  expect(saidOf(chosen)).toEqual([
    "information: The same validation rows judge 2 models: the best of their scores is too good by chance.",
  ]);
  expect(saidOf(chosen.replaceAll("_val", "_test"))).toEqual([
    "warning: The same test rows judge 2 models: the best of their scores is too good by chance.",
  ]);
});

test("models of two targets are not held against each other", () => {
  const judged = (other: string) => `df = pd.read_csv("patients.csv")
train, test = train_test_split(df)
one = SVC().fit(train[["age"]], train["ill"])
other = GaussianNB().fit(train[["age"]], train["${other}"])
print(one.score(test[["age"]], test["ill"]), other.score(test[["age"]], test["${other}"]))`;
  expect(saidOf(judged("ill"))).toHaveLength(1);
  expect(saidOf(judged("smokes"))).toEqual([]);
});

import { spawnSync } from "node:child_process";
import { rules } from "@lookback/language/leakage/rules/rules.ts";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { executeFixes } from "./executed.ts";
import { randomNotebook } from "./random-notebooks.ts";

const python = await loadPython();

test("the fixes of the rules' examples run", () => {
  const codes = rules.flatMap(({ examples }) => examples.map(({ code }) => code));
  const { ran, wrong } = executeFixes(codes, python);
  expect(wrong).toEqual([]);
  expect(ran).toBeGreaterThan(12);
  // Dozens of loops that fit by folds what they fitted once.
}, 240_000);

/** What is prepared, and how it is scored, in ways that the rules' examples do not hold. */
const forms: readonly string[] = [
  `def filled(table):
    table = table.copy()
    table["a"] = table["a"].fillna(table["a"].mean())
    return table
df = filled(df)
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"], random_state=1)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`,
  `for column in ["a", "b"]:
    df[column] = df[column].fillna(df[column].median())
X, y = df[["a", "b"]], df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`,
  `df["a"] = df["a"].fillna(df["a"].mean())
df = df[df["a"] > df["a"].min()].drop_duplicates()
X, y = df[["a", "b"]].fillna(0), df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=1)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`,
  `df["a"] = df["a"].fillna(df["a"].mean())
made = OneHotEncoder().fit_transform(df[["a"]].round())
X_train, X_test, y_train, y_test = train_test_split(made, df["y"], random_state=1)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`,
];

/** What is given by a name that a fix would import something else by. */
const named: readonly string[] = [
  `def cross_val_score(model):
    return model.classes_
X, y = df[["a"]].fillna(0), df["y"]
model = LogisticRegression().fit(X, y)
print(model.score(X, y))
print(cross_val_score(model))`,
];

const resampled: readonly string[] = [
  `X, y = df[["a", "b"]], df["y"]
sampler = RandomOverSampler(random_state=0)
X_more, y_more = sampler.fit_resample(X, y)
print(cross_val_score(LogisticRegression(), X_more, y_more, cv=3).mean())`,
  `X, y = df[["a", "b"]], df["y"]
X, y = RandomOverSampler(random_state=0).fit_resample(X, y)
print(cross_val_score(LogisticRegression(), X, y, cv=3).mean())`,
  `from sklearn.pipeline import make_pipeline
X, y = df[["a", "b"]], df["y"]
sampler = RandomOverSampler(random_state=0)
X_more, y_more = sampler.fit_resample(X, y)
print(cross_val_score(LogisticRegression(), X_more, y_more, cv=3, error_score="raise").mean())
print(cross_val_score(make_pipeline(OneHotEncoder(handle_unknown="ignore"), LogisticRegression()), X, y).mean())`,
];

const hasSamplers =
  spawnSync(process.env.LOOKBACK_PYTHON ?? "python3", ["-c", "import imblearn"]).status === 0;

test.each([...forms, ...named])("what is prepared so has a fix, which runs: %s", (form) => runs("", form));

test.runIf(hasSamplers).each(resampled)("what is resampled so has a fix, which runs: %s", (form) =>
  runs("from imblearn.over_sampling import RandomOverSampler\n", form),
);

function runs(more: string, form: string): void {
  const start = `${more}import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.preprocessing import OneHotEncoder
df = pd.read_csv("data.csv")
`;
  const { ran, wrong } = executeFixes([start + form], python);
  expect(wrong).toEqual([]);
  expect(ran).toBeGreaterThan(0);
}

test("the fixes of a few generated notebooks run; `npm test -- --slow` tries a hundred", () => {
  const { ran, wrong } = executeFixes(
    Array.from({ length: 10 }, (_, at) => randomNotebook(at + 1)),
    python,
  );
  expect(wrong).toEqual([]);
  expect(ran).toBeGreaterThan(15);
});

import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { firstFix } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const written = (learned: string, between: string, train: string, test: string) => `
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.utils import shuffle
df = pd.read_csv("num.csv")
df["z"] = StandardScaler().${learned}
${between}
train, test = ${train}, ${test}
model = LogisticRegression().fit(train[["z"]], train["target"])
print(model.score(test[["z"]], test["target"]))`;

const all = 'fit_transform(df[["income"]])';

test("the first rows are learned from where they are the training rows", () => {
  const { text } = firstFix(
    "scaler-before-split",
    written(all, "print(df.shape)", "df.iloc[:400]", "df.iloc[400:]"),
    python,
  );
  expect(text).toContain('.fit(df[["income"]][:400])');
});

const moving: readonly string[] = [
  'df = df.sort_values("score")',
  'df.sort_values("score", inplace=True)',
  "df = df.sample(frac=1)",
  "df = df.sample(frac=1, random_state=1)",
  "df = shuffle(df)",
  "df = df.iloc[::-1]",
  "df = df[::-1]",
  "df = df.sort_index(ascending=False)",
  "df = df.reindex(np.random.permutation(df.index))",
  "df = df.iloc[np.random.permutation(len(df))]",
  "order = np.random.permutation(len(df))\ndf = df.iloc[order]",
  'df = df.drop_duplicates("customer_id")',
  "df = pd.concat([df[300:], df[:300]])",
  "df = df.dropna()",
  'df = df[df["income"] > 0]',
  'df = df.take(np.argsort(df["score"]))',
];

test.each(moving)("the first rows are other ones by then: %s", (between) => {
  const code = written(all, between, "df.iloc[:400]", "df.iloc[400:]");
  const { titles } = firstFix("scaler-before-split", code, python);
  expect(titles.filter((title) => title.startsWith("Learn from the first"))).toEqual([]);
});

const rulesOf = (code: string) =>
  analyze(readNotebook(code.replace(/^\n/, ""), "a.py").value, { python })
    .findings.filter(({ severity }) => severity !== "information")
    .map(({ rule }) => rule);

test.each(moving.slice(0, 7).concat(moving[12] ?? []))(
  "what was learned from the first rows is learned from rows of the test, once they have moved: %s",
  (between) => {
    const learned = 'fit(df[["income"]][:400]).transform(df[["income"]])';
    expect(rulesOf(written(learned, between, "df.iloc[:400]", "df.iloc[400:]"))).toContain(
      "scaler-before-split",
    );
    expect(rulesOf(written(learned, "", "df.iloc[:400]", "df.iloc[400:]"))).toEqual([]);
  },
);

test("rows in one order are cut at one place, whichever way they came to it", () => {
  const by = 'df.sort_values("score")';
  const learned = `fit(${by}[["income"]][:400]).transform(df[["income"]])`;
  expect(rulesOf(written(learned, "", `${by}[:400]`, `${by}[400:]`))).toEqual([]);
});

test("a table that is put together again as it was cut stands in its order, and in another one where its parts change places", () => {
  const learned = 'fit(df[["income"]][:400]).transform(df[["income"]])';
  const again = (parts: string) =>
    rulesOf(written(learned, `df = pd.concat([${parts}])`, "df.iloc[:400]", "df.iloc[400:]"));
  expect(again("df.iloc[:300], df.iloc[300:]")).toEqual([]);
  expect(again("df.iloc[300:], df.iloc[:300]")).toContain("scaler-before-split");
});

import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { provenFixes } from "./proven-fixes.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

/** Each finding of a split's score, with its fixes. */
function fixesOf(before: string): string[] {
  const code = `import numpy as np
import pandas as pd
df = pd.read_csv("a.csv", parse_dates=["date"])
${before}
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`;
  const notebook = readNotebook(code, "a.py").value;
  const look = { python, analyze: (each: Notebook) => analyze(each, { python }) };
  const analysis = look.analyze(notebook);
  return analysis.findings.flatMap((finding) => {
    const fixes = provenFixes(notebook, analysis, finding, look);
    return [finding.rule, ...fixes.map(({ title }) => title)];
  });
}

const first = "Say first which rows are for training, and learn from those alone";
const anew =
  "Say first which rows are for training, drawn anew before any is left out or moved, and learn from those alone";
const fill = 'df["a"] = df["a"].fillna(df["a"].mean())\n';
const take = 'X, y = df[["a", "b"]], df["y"]';

test.each([
  ["nothing moves them", `${fill}${take}`, [first]],
  [
    "an index that chance drew",
    'X, y = df.drop(columns="y").values, df["y"].values\nX = SelectKBest(f_classif, k=20).fit_transform(X, y)\nidx = np.random.RandomState(1).permutation(len(X))\nX, y = X[idx], y[idx]',
    [],
  ],
  [
    "another name of shuffle",
    `from sklearn.utils import shuffle as mix\n${fill}${take}\nX, y = mix(X, y)`,
    [],
  ],
  ["a module that was not read", `import prep\n${fill}df = prep.newest(df)\n${take}`, []],
  ["a lambda", `tidy = lambda d: d.sort_values("price")\n${fill}df = tidy(df)\n${take}`, []],
  [
    "a partial",
    `from functools import partial\ndef order(d, by):\n    return d.sort_values(by)\n${fill}df = partial(order, by="price")(df)\n${take}`,
    [],
  ],
  ["each group", `${fill}df = df.groupby("cat").apply(lambda g: g.head(100))\n${take}`, []],
  ["a branch that leaves some out", `${fill}if DEBUG:\n    df = df.iloc[100:]\n${take}`, []],
  ["a pipe", `${fill}df = df.pipe(pd.DataFrame.sort_values, "price")\n${take}`, [anew]],
  ["a loop", `${fill}for i, t in enumerate([df]):\n    t.sort_values("b", inplace=True)\n${take}`, [anew]],
  ["another name", `other = df\n${fill}other.sort_values("b", inplace=True)\n${take}`, [anew]],
])("where rows are moved by %s, those that are said first are never others", (_, before, titles) => {
  const [, ...offered] = fixesOf(before);
  expect(offered).toEqual(titles);
});

test.each([
  "rows = np.random.RandomState(0).permutation(len(df))\ndf = df.iloc[rows]\n",
  'df = df.groupby("patient_id").last().reset_index()\n',
  'df = df.groupby("cat").apply(lambda g: g.head(3))\n',
  'df = df.melt(id_vars=["a", "b", "y"])\n',
])("rows that were in time's order and are not any more are not kept in it: %s", (moved) => {
  expect(fixesOf(`df = df.sort_values("date")\n${take}`)).toContain("Keep the rows in order: shuffle=False");
  expect(fixesOf(`df = df.sort_values("date")\n${moved}${take}`)).not.toContain(
    "Keep the rows in order: shuffle=False",
  );
});

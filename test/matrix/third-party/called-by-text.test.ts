import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Kernel, launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CallByText, callsByText } from "./calls-by-text.ts";

const program = readFileSync(join(import.meta.dirname, "called_by_text.py"), "utf8");
let kernel: Kernel;
let folder: string;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "lookback-by-text-")));
  kernel = await launchKernel({ cwd: folder, python: process.env.LOOKBACK_PYTHON ?? "" });
  await run(`import numpy as np, pandas as pd, functools
from sklearn import metrics, datasets, model_selection
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
X, y = datasets.make_classification(60, random_state=0)
model = LogisticRegression()
pd.DataFrame({"a": [1]}).to_csv("d.csv", index=False)`);
  const name = JSON.stringify(join(folder, "calls"));
  await run(
    `space = {"__name__": "called_by_text"}\nexec(compile(${JSON.stringify(program)}, "called_by_text.py", "exec"), space)\nspace["main"](${name}, ".", get_ipython())`,
  );
});

afterAll(() => kernel.shutdown());

it.each<[string, string, readonly object[]]>([
  ["a fit", "_ = model.fit(X, y)", [{ kind: "fit", class: "LogisticRegression", method: "fit" }]],
  [
    "a fit of a pipeline, once",
    "_ = make_pipeline(StandardScaler(), model).fit(X, y)",
    [{ kind: "fit", class: "Pipeline", method: "fit", inside: false }],
  ],
  [
    "a fit in a function and in a comprehension",
    "def f(m):\n    return m.fit(X, y)\n_ = [f(model) for _ in range(2)]",
    [
      { kind: "fit", inside: false },
      { kind: "fit", inside: false },
    ],
  ],
  [
    "what a person's own estimator fits as within it",
    "class Mine(BaseEstimator):\n    def fit(self, X, y):\n        LogisticRegression().fit(X, y)\n        return self\n_ = Mine().fit(X, y)",
    [
      { class: "LogisticRegression", inside: true },
      { class: "Mine", inside: false },
    ],
  ],
  [
    "what a library calls of a person's function as within it",
    "def scored(m, X, y):\n    return metrics.accuracy_score(y, m.predict(X))\n_ = model_selection.cross_val_score(model, X, y, cv=2, scoring=scored)",
    [
      { name: "accuracy_score", inside: true },
      { name: "accuracy_score", inside: true },
      { name: "cross_val_score", inside: false },
    ],
  ],
  [
    "a score by another name and through a list",
    "from sklearn.metrics import f1_score as f\n_ = [each([0, 1], [0, 1]) for each in (f, functools.partial(metrics.accuracy_score))]",
    [
      { kind: "score", name: "f1_score", value: 1 },
      { kind: "score", name: "accuracy_score", value: 1 },
    ],
  ],
  ["a model's own score", "_ = model.score(X, y)", [{ kind: "score", name: "score" }]],
  ["a table", "_ = metrics.confusion_matrix([0, 1], [0, 1])", [{ kind: "table", name: "confusion_matrix" }]],
  ["no distance", "_ = metrics.pairwise_distances([[0], [1]])", []],
  ["a file that is read", '_ = pd.read_csv("d.csv")', [{ kind: "file", access: "read", path: "d.csv" }]],
  [
    "a file that is opened to be written",
    'with open("e.txt", "w") as file:\n    _ = file.write("x")',
    [{ kind: "file", access: "write", path: "e.txt" }],
  ],
  ["data that a library brings", "_ = datasets.load_iris()", [{ kind: "made", name: "sklearn:load_iris" }]],
  [
    "nothing of what is no such call",
    "class A:\n    def fit(self):\n        return super().__init__()\n_ = A().fit()",
    [],
  ],
  [
    "nothing of what is only to be called later",
    "from joblib import delayed\n_ = delayed(metrics.accuracy_score)([0, 1], [0, 1])",
    [],
  ],
  ["no call that raises", "try:\n    model.fit(X, None)\nexcept ValueError:\n    pass", []],
])("counts %s", async (_, source, expected) => {
  writeFileSync(join(folder, "calls"), "");
  await run(`__builtins__.__called_by_text__.cell = "c0"`);
  await run(source);
  expect(calls()).toEqual(expected.map((each) => expect.objectContaining({ cell: "c0", ...each })));
});

function calls(): readonly CallByText[] {
  return callsByText(readFileSync(join(folder, "calls"), "utf8"));
}

async function run(source: string): Promise<void> {
  const { error } = await kernel.execute(source);
  if (error !== null) throw new Error(`${error.name}: ${error.message}`);
}

import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../notebook/python.ts";
import { readNotebook } from "../notebook/read-notebook.ts";
import { analyze } from "./analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const imports = "import pandas as pd\n";
const load = 'df = pd.read_csv("d.csv")\nX, y = df[["a"]], df["y"]';
const scale = "X2 = StandardScaler().fit_transform(X)";
const score =
  "X_train, X_test, y_train, y_test = train_test_split(X2, y)\nSVC().fit(X_train, y_train).score(X_test, y_test)";
const indented = (text: string) => text.replace(/^/gm, "    ");
const marimo = (params: string, body: string, gives: string) =>
  `@app.cell\ndef _(${params}):\n${indented(body)}\n    return ${gives}\n\n`;
const marimoHead = "import marimo\n__generated_with = '0.9'\napp = marimo.App(width='medium')\n\n";
const marimoFoot = 'if __name__ == "__main__":\n    app.run()\n';

// One leak, kept in every form a script has → the line of the file that it is found on, 1-based, and what was not read.
const cases: readonly (readonly [string, string, number, readonly string[]])[] = [
  ["plain", `${imports}${load}\n${scale}\n${score}`, 4, []],
  [
    "marimo",
    marimoHead +
      marimo("", imports + load, "X, pd, y") +
      marimo("X", scale, "(X2,)") +
      marimo("X2, y", score, "") +
      marimoFoot,
    14,
    [],
  ],
  [
    "marimo, in an order of its own",
    marimoHead +
      marimo("X2, y", score, "") +
      marimo("X", scale, "(X2,)") +
      marimo("", imports + load, "X, pd, y") +
      marimoFoot,
    13,
    [],
  ],
  [
    "Databricks",
    `# Databricks notebook source\n${imports}# COMMAND ----------\n${load}\n\n# COMMAND ----------\n# MAGIC %md\n# MAGIC ## Words\n\n# COMMAND ----------\n# MAGIC %python\n${scale.replace(/^/gm, "# MAGIC ")}\n# COMMAND ----------\n${score}`,
    13,
    ["coverage/other-language"],
  ],
  [
    "what nbconvert writes of a timed cell",
    `${imports}${load}\nget_ipython().run_cell_magic('time', '', '${scale}\\n')\nget_ipython().run_line_magic('matplotlib', 'inline')\n${score}`,
    4,
    [],
  ],
  [
    "what old nbconvert writes of a timed line",
    `${imports}${load}\nget_ipython().magic('time ${scale}')\n${score}`,
    4,
    [],
  ],
  [
    "what nbconvert writes of a query",
    `${imports}${load}\nget_ipython().run_cell_magic('sql', '', 'select 1')\n${scale}\n${score}`,
    5,
    ["coverage/other-language"],
  ],
  ["Python 2", `${imports}${load}\nprint "scaled", X\n${scale}\n${score}`, 5, []],
  [
    "a case",
    `${imports}${load}\nmatch "scaled":\n    case "scaled":\n        ${scale}\n    case {"rows": X2}:\n        pass\n${score}`,
    6,
    [],
  ],
  ["a global", `${imports}${load}\ndef prepare():\n    global X2\n    ${scale}\nprepare()\n${score}`, 6, []],
  [
    "a walrus",
    `${imports}${load}\nif (X2 := StandardScaler().fit_transform(X)) is not None:\n    pass\n${score}`,
    4,
    [],
  ],
  [
    "a star",
    `${imports}${load}\n${scale}\nX_train, *others = train_test_split(X2, y)\nX_test, y_train, y_test = others\nSVC().fit(X_train, y_train).score(X_test, y_test)`,
    4,
    [],
  ],
  [
    "a function that only a library calls",
    `${imports}def objective(trial):\n${indented(`${load}\n${scale}\n${score}`)}\nimport optuna\noptuna.create_study().optimize(objective, n_trials=3)`,
    5,
    [],
  ],
  [
    "a function that nothing calls, on what it is given",
    `${imports}def train(X, y):\n${indented(`${scale}\n${score}`)}`,
    3,
    [],
  ],
  [
    "a method that nothing calls",
    `${imports}class Trainer:\n    rows = 3\n\n    def train(self, X, y):\n${indented(indented(`${scale}\n${score}`))}`,
    6,
    [],
  ],
  [
    "awaited",
    `${imports}import aiohttp; ${load}\nasync with aiohttp.ClientSession() as s:\n    ${scale}\nawait s.close()\n${score}`,
    5,
    [],
  ],
];

test.each(cases)("%s", (_title, text, line, gaps) => {
  const { value } = readNotebook(text, "n.py");
  const { findings, coverage } = analyze(value, {
    python,
    schemaOf: () => ({ columns: ["a", "y"], types: {} }),
  });
  const lines = findings
    .filter(({ rule }) => rule === "scaler-before-split")
    .map(
      ({ cellId, range }) =>
        (value.cells.find(({ id }) => id === cellId)?.startLine ?? 0) + range.start.line + 1,
    );
  expect(
    coverage.gaps.map(({ code, reason }) => (code.startsWith("coverage/other") ? code : `${code} ${reason}`)),
  ).toEqual(gaps);
  expect(lines).toEqual([line]);
});

import { expect, test } from "vitest";
import { cutScript } from "./cut-script.ts";

// A script → where its cells begin, and what stands in them.
const cases: readonly (readonly [string, string, readonly (readonly [number, string])[]])[] = [
  ["plain", "x = 1\ny = 2", [[0, "x = 1\ny = 2"]]],
  [
    "percent",
    "# why\n# %%\nx = 1\n# %% [markdown]\n# words\n# %% last\ny = 2",
    [
      [1, "# %%\nx = 1"],
      [5, "# %% last\ny = 2"],
    ],
  ],
  [
    "Databricks",
    "# Databricks notebook source\nx = 1\n\n# COMMAND ----------\n\n# MAGIC %sql\n# MAGIC select 1\n# MAGIC\n\n# COMMAND ----------\n# MAGIC %python\n# MAGIC y = 2",
    [
      [1, "x = 1\n"],
      [4, "\n        %sql\n        select 1\n       \n"],
      [10, "        %python\n        y = 2"],
    ],
  ],
  [
    "marimo",
    "import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n    x = 1\n    return (x,)\n\nwith app.setup:\n    y = 2\n",
    [
      [0, "import marimo\napp = marimo.App()\n"],
      [3, "@app.cell\ndef _():\n    x = 1\n    return (x,)\n"],
      [8, "with app.setup:\n    y = 2\n"],
    ],
  ],
];

test.each(cases)("%s", (_title, text, cells) => {
  const { cells: cut } = cutScript(text, "n.py");
  expect(cut.map(({ startLine, source }) => [startLine, source])).toEqual(cells);
  expect(cut.map(({ id, index }) => [id, index])).toEqual(cells.map((_, at) => [`cell-${at}`, at]));
});

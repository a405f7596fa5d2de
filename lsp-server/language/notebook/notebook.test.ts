import { loadPython } from "@lookback/service/files/load-python.ts";
import { describe, expect, test } from "vitest";
import { cellAt, mergedLine, notebookOf, offsetAt } from "./notebook.ts";
import { parseCell } from "./python.ts";
import { readNotebook } from "./read-notebook.ts";

const ipynb = (cells: unknown[], metadata = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });

describe("reading a notebook", () => {
  test("keeps code cells in order, with their place among all cells", () => {
    const { value, problems } = readNotebook(
      ipynb([
        { cell_type: "markdown", id: "m", source: "# Title" },
        { cell_type: "code", id: "a", source: ["x = 1\n", "y = 2"] },
        { cell_type: "code", source: "z = 3\r\n" },
      ]),
      "file:///n.ipynb",
    );
    expect(problems).toEqual([]);
    expect(value.cells).toEqual([
      { id: "a", index: 1, source: "x = 1\ny = 2", startLine: 0 },
      { id: "cell-2", index: 2, source: "z = 3\n", startLine: 2 },
    ]);
  });

  test.each([
    ["{ not json", "notebook/not-json"],
    ["[1, 2]", "notebook/not-a-notebook"],
    ["null", "notebook/not-a-notebook"],
    [ipynb([7]), "notebook/bad-cell"],
    [ipynb([{ cell_type: "code", source: [1] }]), "notebook/bad-cell"],
    [ipynb([], { language_info: { name: "R" } }), "notebook/not-python"],
  ])("says what is wrong with %s", (text, code) => {
    const { value, problems } = readNotebook(text, "n.ipynb");
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(value.cells).toEqual([]);
  });

  test("gives the second cell of an id its own", () => {
    const twice = { cell_type: "code", id: "a", source: "" };
    const { value, problems } = readNotebook(ipynb([twice, twice]), "n.ipynb");
    expect(value.cells.map((cell) => cell.id)).toEqual(["a", "a#1"]);
    expect(problems.map((problem) => problem.code)).toEqual(["notebook/duplicate-id"]);
  });

  test("cuts a script at its markers and keeps file lines", () => {
    const text =
      "#!/usr/bin/env python\n\n# In[1]:\n\nx = 1\n\n# In[ ]:\ny = 2\n# %% [markdown]\n# words\n# %% last\nz = 3\n";
    const { value } = readNotebook(text, "n.py");
    expect(value.cells.map((cell) => [cell.startLine, cell.source])).toEqual([
      [2, "# In[1]:\n\nx = 1\n"],
      [6, "# In[ ]:\ny = 2"],
      [10, "# %% last\nz = 3\n"],
    ]);
    const last = value.cells[2];
    expect(last && mergedLine(last, 1)).toBe(11);
    expect(cellAt(value, 11)).toEqual({ cell: last, line: 1 });
    expect(cellAt(value, 9)).toBeNull();
    expect(cellAt(value, 0)).toBeNull();
  });

  test("reads a script without markers as one cell", () => {
    expect(readNotebook("x = 1\n", "n.py").value.cells).toEqual([
      { id: "cell-0", index: 0, source: "x = 1\n", startLine: 0 },
    ]);
  });
});

test("offsets are clamped to their line", () => {
  expect(offsetAt("ab\ncd", { line: 1, character: 1 })).toBe(4);
  expect(offsetAt("ab\ncd", { line: 0, character: 9 })).toBe(2);
  expect(offsetAt("ab\ncd", { line: 9, character: 0 })).toBe(5);
});

describe("syntax", () => {
  test("accepts magics and top-level await, and reports what does not parse", async () => {
    const python = await loadPython();
    expect(parseCell(python, "%time x = await f()\n!ls\n").hasErrors).toBe(false);
    expect(parseCell(python, "x = (").hasErrors).toBe(true);
  });

  test("a re-parse after an edit equals a parse from scratch", async () => {
    const python = await loadPython();
    const before = parseCell(python, "a = 1\nb = f(a)\nc = 'é'\n");
    const edited = "a = 1\nbb = f(a, 2)\nc = 'é'\n";
    expect(parseCell(python, edited, before).root.toString()).toBe(parseCell(python, edited).root.toString());
  });
});

test("cells given by an editor get their start lines", () => {
  const notebook = notebookOf("n", [
    { id: "a", source: "1\n2" },
    { id: "b", source: "3" },
  ]);
  expect(notebook.cells.map((cell) => cell.startLine)).toEqual([0, 2]);
});

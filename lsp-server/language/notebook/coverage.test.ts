import { describe, expect, test } from "vitest";
import { coverageOf, isWhole } from "./coverage.ts";
import { fileGaps } from "./file-gaps.ts";
import type { Gap } from "./gap.ts";
import { notebookOf } from "./notebook.ts";
import { readNotebook } from "./read-notebook.ts";
import { sayCells, sayUnread } from "./say-coverage.ts";

const book = notebookOf("n", [
  { id: "a", source: "x = 1\n\n# why\ny = 2" },
  { id: "b", source: "z = 3" },
]);

function gap(cellId: string | null, lines: [number, number] | null, weight: Gap["weight"] = "unread"): Gap {
  const [reason, means, advice] = ["r", "m", "a"];
  const range = lines && {
    start: { line: lines[0], character: 0 },
    end: { line: lines[1], character: 1 },
  };
  return { code: "coverage/x", weight, cellId, cellIndex: null, range, reason, means, advice };
}

describe("cells are counted", () => {
  test.each([
    ["all read", [], [2, 2, 0, 0], null, null],
    ["an assumption costs nothing", [gap("a", [0, 0], "assumed")], [2, 2, 0, 0], null, null],
    ["what is not known costs no cell", [gap("a", [0, 0], "unknown")], [2, 2, 0, 0], null, null],
    [
      "one line of two",
      [gap("a", [0, 0])],
      [2, 1, 1, 0],
      "1 of 2 cells, and parts of 1",
      "1 of 2 cells has lines that were not understood",
    ],
    [
      "every line that holds code",
      [gap("a", [0, 0]), gap("a", [3, 3])],
      [2, 1, 0, 1],
      "1 of 2 cells",
      "1 of 2 cells was not read",
    ],
    [
      "the whole cell",
      [gap("b", null, "foreign")],
      [2, 1, 0, 1],
      "1 of 2 cells",
      "1 of 2 cells was not read",
    ],
    ["both", [gap("a", null), gap("b", null)], [2, 0, 0, 2], "no cell", "Nothing of this notebook was read"],
    [
      "parts of all",
      [gap("a", [0, 0])],
      [2, 1, 1, 0],
      "1 of 2 cells, and parts of 1",
      "1 of 2 cells has lines that were not understood",
    ],
  ] as const)("%s", (_title, gaps, [total, read, partly, unread], cells, line) => {
    const coverage = coverageOf(book, gaps);
    expect(coverage.cells).toEqual({ total, read, partly, unread });
    expect(sayCells(coverage)).toBe(cells);
    expect(sayUnread(coverage)).toBe(line);
  });
});

describe("what reading a file left out", () => {
  const ipynb = (cells: unknown[], metadata = {}) =>
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });
  const code = { cell_type: "code", id: "c", metadata: {}, source: "x = 1", outputs: [] };

  test.each([
    ["a cell without a source", ipynb([code, { cell_type: "code", metadata: {} }]), [2, 1, 0, 1], false],
    ["another language", ipynb([code], { language_info: { name: "R" } }), [0, 0, 0, 0], true],
    ["a torn file", "{", [0, 0, 0, 0], true],
    ["no cell at all", ipynb([]), [0, 0, 0, 0], false],
  ] as const)("%s", (_title, text, [total, read, partly, unread], isNothingRead) => {
    const { value, problems } = readNotebook(text, "n.ipynb");
    const coverage = coverageOf(value, fileGaps(problems));
    expect(coverage.cells).toEqual({ total, read, partly, unread });
    expect(coverage.isNothingRead).toBe(isNothingRead);
    expect(isWhole(coverage)).toBe(unread === 0 && !isNothingRead);
  });
});

test("gaps stand in document order, those of the file first", () => {
  const gaps = [gap("b", null), gap("a", [3, 3]), gap("a", [0, 0]), gap(null, null)];
  expect(coverageOf(book, gaps).gaps.map((one) => [one.cellId, one.range?.start.line])).toEqual([
    [null, undefined],
    ["a", 0],
    ["a", 3],
    ["b", undefined],
  ]);
});

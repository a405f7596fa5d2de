import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { expect, it } from "vitest";
import { eventOf } from "../../journal/read-event.ts";
import type { CellExecution } from "./cells-of-journal.ts";
import { matchCells } from "./match-notebook.ts";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();

/** One execution a source, counted from 1, a second apart. */
const ran = (...sources: string[]): CellExecution[] =>
  sources.map((source, index) => {
    const cell = `console-0123abcd-${index + 1}`;
    return {
      start: eventOf({ t: "cell", at: at(index), cell, source, sha256: "" }),
      done: eventOf({ t: "done", at: at(index), cell, outcome: "ok", error: null, durationMs: 1 }),
      events: [],
    };
  });
const file = (...cells: [source: string, count: number | null, metadata?: object][]) =>
  readNotebookFile(
    JSON.stringify({
      cells: cells.map(([source, execution_count, metadata = {}], index) => ({
        cell_type: "code",
        execution_count,
        id: `c${index}`,
        metadata,
        outputs: [],
        source,
      })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    }),
  ).value!;
const names = (executions: CellExecution[], notebook: ReturnType<typeof file>) => [
  ...matchCells(executions, notebook).names.values(),
];

it("tells cells of the same text by their counts, else by their order", () => {
  expect(names(ran("x", "y", "x"), file(["x", null], ["y", null], ["x", null]))).toEqual(["c0", "c1", "c2"]);
  expect(names(ran("x", "x"), file(["x", 2], ["x", 1]))).toEqual(["c1", "c0"]);
});

it("knows the notebook that these very executions wrote by every count, and by their times where they stand there", () => {
  const { executed } = matchCells(ran("x", "y"), file(["x", 1], ["y", 2]));
  expect(executed).toBe(true);
  expect(matchCells(ran("x", "y"), file(["x", 1], ["y", 3])).executed).toBe(false);
  expect(matchCells(ran("x", "y"), file(["x", null], ["y", null])).executed).toBe(false);
  const yesterday = { execution: { "iopub.execute_input": "2025-12-31T12:00:00.000000Z" } };
  expect(matchCells(ran("x"), file(["x", 1, yesterday])).executed).toBe(false);
  const then = { papermill: { start_time: "2026-01-01T12:00:00.123456" } };
  expect(matchCells(ran("x"), file(["x", 1, then])).executed).toBe(true);
});

it("is no match where one cell is not there, and where a secret was replaced it is one", () => {
  expect(matchCells(ran("x", "gone"), file(["x", 1])).whole).toBe(false);
  expect(matchCells(ran("key = '[redacted]'"), file(["key = 'abc'", 1])).whole).toBe(true);
});

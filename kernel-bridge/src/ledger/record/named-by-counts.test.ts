import { expect, it } from "vitest";
import { eventOf } from "../../journal/read-event.ts";
import { namedByCounts } from "./named-by-counts.ts";

const begin = (count: number, source: string) =>
  eventOf({
    t: "cell",
    at: "2026-01-01T12:00:00.000Z",
    cell: `console-0123abcd-${count}`,
    source,
    sha256: "",
  });
const end = (count: number) =>
  eventOf({
    t: "done",
    at: "2026-01-01T12:00:01.000Z",
    cell: `console-0123abcd-${count}`,
    outcome: "ok",
    error: null,
    durationMs: 1,
  });
const named = eventOf({ t: "cell", at: "2026-01-01T12:00:00.000Z", cell: "own", source: "x", sha256: "" });
const notebook = (...cells: [id: string, source: string, count: number | null, metadata?: object][]) =>
  JSON.stringify({
    cells: cells.map(([id, source, execution_count, metadata = {}]) => ({
      cell_type: "code",
      execution_count,
      id,
      metadata,
      outputs: [],
      source,
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
const names = (events: ReturnType<typeof begin | typeof end>[], text: string) =>
  namedByCounts(
    events.map((event, at) => ({ event, end: at + 1 })),
    text,
  ).map(({ event }) => ("cell" in event ? event.cell : null));

it("calls what a server ran for a page by the cell that shows its count and holds its text", () => {
  const text = notebook(["a", "x", 2], ["b", "x", 1], ["c", "y", null]);
  expect(names([begin(1, "x"), end(1), begin(2, "x"), end(2)], text)).toEqual(["b", "b", "a", "a"]);
});

it("leaves to a console what no cell shows, and to a cell the name that it has", () => {
  const text = notebook(["a", "x", 7], ["b", "z", 2]);
  expect(names([begin(1, "x"), begin(2, "y"), named], text)).toEqual([
    "console-0123abcd-1",
    "console-0123abcd-2",
    "own",
  ]);
});

it("tells one kernel's first execution from that of the kernel that took its place", () => {
  const text = notebook(["a", "x", null], ["b", "y", 1]);
  expect(names([begin(1, "x"), end(1), begin(1, "y"), end(1)], text)).toEqual([
    "console-0123abcd-1",
    "console-0123abcd-1",
    "b",
    "b",
  ]);
});

it("believes a cell's own time more than its count", () => {
  const yesterday = { execution: { "iopub.execute_input": "2025-12-31T12:00:00.000000Z" } };
  expect(names([begin(1, "x")], notebook(["a", "x", 1, yesterday]))).toEqual(["console-0123abcd-1"]);
});

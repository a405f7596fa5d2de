import { expect, it } from "vitest";
import type { JournalEvent } from "../../journal/journal-event.ts";
import { eventOf } from "../../journal/read-event.ts";
import { cellsOfJournal } from "./cells-of-journal.ts";

const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
const begins = (cell: string, second: number) =>
  eventOf({ t: "cell", at: at(second), cell, source: "", sha256: "" });
const ends = (cell: string, second: number) =>
  eventOf({ t: "done", at: at(second), cell, outcome: "ok", error: null, durationMs: 1 });
const scores = (cell: string, second: number) =>
  eventOf({ t: "metric", at: at(second), cell, name: "auc", value: 1, rows: null });

it("counts what a process that was forked from an earlier cell does as the cell's that runs", () => {
  const events: JournalEvent[] = [
    begins("a", 1),
    scores("a", 1),
    ends("a", 2),
    scores("a", 3),
    begins("b", 4),
    scores("a", 5),
    ends("b", 6),
  ];
  const { cells } = cellsOfJournal(
    events.map((event, end) => ({ event, end })),
    true,
  );
  expect(cells.map(({ events: told }) => told.map((event) => "cell" in event && event.cell))).toEqual([
    ["a", "a"],
    ["b"],
  ]);
});

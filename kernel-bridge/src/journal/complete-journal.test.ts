import { appendFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cellsOfJournal } from "../ledger/record/cells-of-journal.ts";
import { completeJournal } from "./complete-journal.ts";
import { readJournal } from "./read-journal.ts";

const at = (second: number) => `2026-01-02T03:04:0${second}.000Z`;
const started = (cell: string, second: number) => ({
  t: "cell",
  at: at(second),
  cell,
  source: cell,
  sha256: "0".repeat(64),
});
const done = (cell: string, second: number) => ({
  t: "done",
  at: at(second),
  cell,
  outcome: "ok",
  error: null,
  durationMs: 1,
});
const seen = (cellId: string, second: number, outcome: "ok" | "error" = "ok") => ({
  cellId,
  source: cellId,
  startedAt: at(second),
  durationMs: 1,
  outcome,
  error: outcome === "ok" ? null : { name: "E", message: "m" },
});

async function completed(events: readonly object[], cells: Parameters<typeof completeJournal>[1]) {
  const path = join(mkdtempSync(join(tmpdir(), "lookback-journal-")), "s.jsonl");
  const session = {
    t: "session",
    v: 2,
    notebook: "n.ipynb",
    pid: 1,
    host: null,
    started: null,
    ranBefore: 0,
  };
  const lines = [{ ...session, at: at(0), cwd: "/" }, ...events].map((event) => `${JSON.stringify(event)}\n`);
  appendFileSync(path, `${lines.join("")}{"t":"cell","at":"torn`);
  await completeJournal(path, cells);
  const { entries } = await readJournal(path);
  return {
    cells: cellsOfJournal(entries, true).cells.map(({ start, done }) => [start.cell, done?.outcome ?? null]),
    notes: entries.flatMap(({ event }) => (event.t === "note" ? [event.message] : [])),
  };
}

it("gives back the cells in their order of which a full disk took the beginning, the end, or all", async () => {
  const kept = [started("a", 1), done("a", 1), started("b", 2), done("d", 4), started("e", 5), done("e", 5)];
  const all = ["a", "b", "c", "d", "e"].map((cell, index) => seen(cell, index + 1));
  expect(await completed(kept, all)).toEqual({
    cells: all.map(({ cellId }) => [cellId, "ok"]),
    notes: [
      "The kernel did not write down all of 3 cells: what they read, wrote, fitted or scored may be missing.",
    ],
  });
});

it("says nothing of a cell that the kernel never began, and nothing where all is there", async () => {
  const kept = [started("a", 1), done("a", 1)];
  expect(await completed(kept, [seen("a", 1), seen("b", 2, "error")])).toEqual({
    cells: [
      ["a", "ok"],
      ["b", "error"],
    ],
    notes: [],
  });
  expect(await completed(kept, [seen("a", 1)])).toEqual({ cells: [["a", "ok"]], notes: [] });
});

it("ends the cell in which the kernel died", async () => {
  expect(await completed([started("a", 1)], [seen("a", 1, "error")])).toEqual({
    cells: [["a", "error"]],
    notes: [
      "The kernel did not write down all of 1 cell: what it read, wrote, fitted or scored may be missing.",
    ],
  });
});

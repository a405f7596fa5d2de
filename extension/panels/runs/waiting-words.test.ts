import type { WaitingRun } from "@lookback/protocol/runs.ts";
import { expect, it } from "vitest";
import { waitingWords, worthAWord } from "./waiting-words.ts";

const at = (ms: number) => new Date(ms).toISOString();
const run = (
  state: WaitingRun["state"],
  endedAt: number | null,
  index: number | null = 2,
  cells = 1,
): WaitingRun => ({
  session: "s",
  notebook: "n.ipynb",
  startedAt: at(0),
  cells,
  state,
  last: { cellId: "c", index, source: "x", startedAt: at(0), endedAt: endedAt === null ? null : at(endedAt) },
});

it.each([
  [run("running", null), "Running", "cell 3"],
  [run("running", null, null, 3), "Running", "a cell, behind 2 cells"],
  [run("ended", 0, 2, 3), "Ran, not recorded yet", "3 cells"],
  [run("gone", null), "Cut off, not recorded yet", "cell 3"],
])("says of %j: %s, %s", (each, title, facts) => {
  expect(waitingWords(each)).toMatchObject({ title, facts });
});

it.each([
  [run("running", null), 999, false],
  [run("running", null), 1_000, true],
  [run("ended", 60_000), 69_999, false],
  [run("ended", 60_000), 70_000, true],
  [run("gone", null), 9_999, false],
  [run("gone", null), 10_000, true],
])("a row for %j after %d ms: %s", (each, now, says) => {
  expect(worthAWord(each, now)).toBe(says);
});

import type { WaitingRun } from "@lookback/protocol/runs.ts";
import { expect, it } from "vitest";
import { runningCells } from "./running-cells.ts";

function bench() {
  let now = 0;
  let answer: { resolve(runs: WaitingRun[]): void; reject(error: Error): void }[] = [];
  let waits = () => {};
  let tick: (() => void) | null = null;
  let changes = 0;
  const cells = runningCells(
    {
      ask: () =>
        new Promise((resolve, reject) => {
          answer.push({ resolve: (runs) => resolve({ runs }), reject });
        }),
      onWaits(listener) {
        waits = listener;
        return () => {};
      },
      now: () => now,
      eachSecond(work) {
        tick = work;
        return () => {
          tick = null;
        };
      },
    },
    () => changes++,
  );
  return {
    cells,
    waits: () => waits(),
    ticks: () => tick !== null,
    changes: () => changes,
    pass: (ms: number) => {
      now += ms;
      tick?.();
    },
    async answer(runs: WaitingRun[] | Error) {
      const [first, ...rest] = answer;
      answer = rest;
      if (runs instanceof Error) first?.reject(runs);
      else first?.resolve(runs);
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  };
}

const run = (notebook: string, state: WaitingRun["state"] = "running"): WaitingRun => ({
  session: "s",
  notebook,
  startedAt: new Date(0).toISOString(),
  cells: 1,
  state,
  last: { cellId: "c", index: 2, source: "x", startedAt: new Date(0).toISOString(), endedAt: null },
});

it("knows what runs in a notebook once it has run for a second, and counts on while it does", async () => {
  const { cells, answer, pass, ticks, changes } = bench();
  await answer([run("a.ipynb"), run("b.ipynb", "gone")]);
  expect(ticks()).toBe(true);
  expect(cells.of("a.ipynb")).toBeNull();
  const before = changes();
  pass(1_000);
  expect(changes()).toBe(before + 1);
  expect(cells.of("a.ipynb")?.last.index).toBe(2);
  expect(cells.of("b.ipynb")).toBeNull();
});

it("forgets it when it has ended, and when the server is gone", async () => {
  for (const end of [[run("a.ipynb", "ended")], new Error("gone")]) {
    const { cells, answer, pass, waits, ticks } = bench();
    await answer([run("a.ipynb")]);
    pass(5_000);
    expect(cells.of("a.ipynb")).not.toBeNull();
    waits();
    await answer(end);
    expect(cells.of("a.ipynb")).toBeNull();
    expect(ticks()).toBe(false);
  }
});

it("takes no older answer for a newer one", async () => {
  const { cells, answer, pass, waits } = bench();
  waits();
  pass(5_000);
  await answer([run("old.ipynb")]);
  expect(cells.of("old.ipynb")).toBeNull();
  await answer([run("new.ipynb")]);
  expect(cells.of("new.ipynb")).not.toBeNull();
});

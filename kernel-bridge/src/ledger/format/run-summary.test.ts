import { expect, test } from "vitest";
import type { Run, RunCoverage } from "./run.ts";
import { runSummary } from "./run-summary.ts";

const finding = { rule: "r", severity: "error", message: "m", cellId: "c", line: 1 } as const;
const clean = { errors: 0, warnings: 0, findings: [] };
const cells = { total: 2, read: 2, partly: 0, unread: 0 };
const whole: RunCoverage = { cells, said: null, gaps: [] };
const partly: RunCoverage = { ...whole, said: "1 of 2 cells was not read" };

// What the linter said of a run → how the list marks it, and what it says was not read.
const cases: readonly (readonly [string, Run["trust"], string, string | null])[] = [
  ["not checked", null, "unchecked", null],
  ["nothing found, all read", { ...clean, coverage: whole }, "trusted", null],
  ["nothing found in what was read", { ...clean, coverage: partly }, "partly", "1 of 2 cells was not read"],
  ["recorded before it was kept", clean, "partly", "How much of the notebook was read is not known"],
  [
    "a leak in what was read",
    { errors: 1, warnings: 0, findings: [finding], coverage: partly },
    "leaky",
    "1 of 2 cells was not read",
  ],
];

test.each(cases)("%s", (_title, trust, mark, notRead) => {
  const run = { cells: [], datasets: [], models: [], metrics: [], trust, session: {} } as unknown as Run;
  expect(runSummary(run, [])).toMatchObject({ trust: mark, notRead });
});

test("a leak counts beside the scores that rest on it, or may, and is elsewhere for the others", () => {
  const metrics = [
    { name: "auc", value: 0.9, cellId: "a", split: "held out" },
    { name: "f1", value: 0.8, cellId: "b", split: "held out" },
    { name: "mae", value: 0.1, cellId: "d", split: "held out" },
  ];
  const leak = { ...finding, reaches: ["b"], mayReach: ["d"] };
  const trust = { errors: 1, warnings: 0, findings: [leak], coverage: whole };
  const summaryOf = (of: readonly object[]) =>
    runSummary(
      { cells: [], datasets: [], models: [], metrics: of, trust, session: {} } as unknown as Run,
      [],
    );
  const [auc, f1, mae] = metrics.map((metric) => summaryOf([metric]));
  expect(auc).toMatchObject({ trust: "trusted", leaks: 0 });
  expect(f1).toMatchObject({ trust: "leaky", leaks: 1 });
  expect(mae).toMatchObject({ trust: "leaky", leaks: 1 });
  expect(summaryOf([])).toMatchObject({ trust: "leaky", leaks: 1, leaksOf: {} });
  expect(summaryOf(metrics).leaksOf).toEqual({
    auc: { reaching: 0, unknown: 0, elsewhere: 1 },
    f1: { reaching: 1, unknown: 0, elsewhere: 0 },
    mae: { reaching: 0, unknown: 1, elsewhere: 0 },
  });
});

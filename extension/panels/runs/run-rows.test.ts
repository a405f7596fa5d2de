import { aMetric } from "@lookback/kernel-bridge/ledger/fixtures/a-metric.ts";
import { expect, test } from "vitest";
import { mergeRuns, metricHistory, runRows } from "./run-rows.ts";
import { runSummary } from "./sample-run.ts";

const auc = (value: number) => aMetric({ name: "roc_auc_score", value, cellId: "c9" });
const leaky = { trust: "leaky", leaks: 3 } as const;

test("a change is against the previous trusted run of the same notebook and metric", () => {
  const rows = runRows([
    runSummary({ id: "5", metric: auc(0.75) }),
    runSummary({ id: "4", metric: auc(0.97), ...leaky }),
    runSummary({ id: "3", metric: auc(0.2), notebook: "other.ipynb" }),
    runSummary({ id: "2", metric: null }),
    runSummary({ id: "1", metric: auc(0.5) }),
  ]);
  expect(rows.map((row) => [row.run.id, row.change])).toEqual([
    ["5", 0.25],
    ["4", null],
    ["3", null],
    ["2", null],
    ["1", null],
  ]);
});

test("a kept honest score, which nobody ran, neither gives nor takes a change, and is in no history", () => {
  const origin = { kind: "honest", run: "1", asWritten: { name: "auc", value: 1 }, fixes: [] } as const;
  const runs = [
    runSummary({ id: "3", metric: auc(0.75) }),
    runSummary({ id: "2", metric: auc(0.6), origin }),
    runSummary({ id: "1", metric: auc(0.5), origin: null }),
  ];
  expect(runRows(runs).map((row) => row.change)).toEqual([0.25, null, null]);
  expect(metricHistory(runs, "late-flight.ipynb", "roc_auc_score").map(({ id }) => id)).toEqual(["1", "3"]);
});

test("a score on training rows is no change against one on rows held out", () => {
  const on = (value: number, split: "train" | "held out") => ({ ...auc(value), split });
  const rows = runRows([
    runSummary({ id: "3", metric: on(0.75, "held out") }),
    runSummary({ id: "2", metric: on(1, "train") }),
    runSummary({ id: "1", metric: on(0.5, "held out") }),
  ]);
  expect(rows.map((row) => row.change)).toEqual([0.25, null, null]);
});

test("a failed or unchecked run neither gives nor takes a change", () => {
  const rows = runRows([
    runSummary({ id: "3", metric: auc(0.6), trust: "unchecked" }),
    runSummary({
      id: "2",
      metric: auc(0.9),
      outcome: { kind: "error", name: "KeyError", message: "'visib'", cellId: "c6" },
    }),
    runSummary({ id: "1", metric: auc(0.5) }),
  ]);
  expect(rows.map((row) => row.change)).toEqual([null, null, null]);
});

test("history leaves leaky runs out and is oldest first", () => {
  const runs = [
    runSummary({ id: "3", metric: auc(0.7) }),
    runSummary({ id: "2", metric: auc(0.97), ...leaky }),
    runSummary({ id: "1", metric: auc(0.6) }),
  ];
  expect(metricHistory(runs, "late-flight.ipynb", "roc_auc_score").map((point) => point.value)).toEqual([
    0.6, 0.7,
  ]);
});

test("merging replaces by id and keeps newest first", () => {
  const merged = mergeRuns(
    [runSummary({ id: "2" }), runSummary({ id: "1" })],
    [runSummary({ id: "3" }), runSummary({ id: "2", pinnedBy: ["late-flight@4"] })],
  );
  expect(merged.map((run) => `${run.id} ${run.pinnedBy.length}`)).toEqual(["3 0", "2 1", "1 0"]);
});

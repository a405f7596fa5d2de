import type { RunSummary } from "@lookback/protocol/runs.ts";

/** A finished, trusted run for tests, with what the test cares about laid over it. */
export function runSummary(over: Partial<RunSummary> & { id: string }): RunSummary {
  return {
    notebook: "late-flight.ipynb",
    startedAt: "2026-11-21T10:00:00.000Z",
    durationMs: 4_000,
    outcome: { kind: "ok" },
    cellsRun: 9,
    cellCount: 9,
    session: "kernel-1",
    author: { name: "Ada Lovelace", email: "ada@example.com", agent: null },
    datasets: ["data/flights.parquet", "data/weather.csv"],
    model: "sklearn.pipeline.Pipeline",
    models: ["sklearn.pipeline.Pipeline"],
    metrics: { roc_auc_score: 0.7 },
    trainingMetrics: [],
    metric: {
      name: "roc_auc_score",
      value: 0.7,
      rows: 81_837,
      cellId: "c9",
      model: null,
      estimator: null,
      split: null,
      truth: null,
      innerFits: null,
      spread: null,
      folds: null,
      values: null,
    },
    trust: "trusted",
    notRead: null,
    leaks: 0,
    leaksOf: {},
    pinnedBy: [],
    tags: [],
    marks: { starred: false, name: null, note: null, tags: [], official: [] },
    origin: { kind: "own" },
    ...over,
  };
}

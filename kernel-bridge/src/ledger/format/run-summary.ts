import type { Run, RunSummary } from "./run.ts";

/** What a list shows of a run. The headline metric is the first the run's last scoring cell computed; `pinnedBy` names the deployments that rest on it. */
export function runSummary(run: Run, pinnedBy: readonly string[]): RunSummary {
  const scored = run.metrics.at(-1)?.cellId;
  const leaks = run.trust === null ? 0 : run.trust.errors + run.trust.warnings;
  return {
    id: run.id,
    notebook: run.notebook,
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    outcome: run.outcome,
    cellsRun: run.cells.length,
    cellCount: run.cellCount,
    datasets: new Set(run.datasets.map((dataset) => dataset.path)).size,
    model: run.models.at(-1)?.className ?? null,
    metric: run.metrics.find((metric) => metric.cellId === scored) ?? null,
    trust: run.trust === null ? "unchecked" : leaks > 0 ? "leaky" : "trusted",
    leaks,
    pinnedBy,
  };
}

/** The members a summary has: one that was kept by a version with others is not what a list shows today. */
export const summaryForm = Object.keys(
  runSummary({ cells: [], datasets: [], models: [], metrics: [], trust: null } as unknown as Run, []),
).join();

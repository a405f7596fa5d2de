import { leaksBeside } from "@lookback/kernel-bridge/metrics/leaks-of-score.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";

/** One line of the list: a run, and how its metric moved since the previous comparable run. */
export interface RunRow {
  readonly run: RunSummary;
  /** Change of the metric since the previous comparable run; null when either is not comparable or there is none. */
  readonly change: number | null;
}

/**
 * Rows for runs given newest first. A run is comparable with an earlier one of the same notebook, metric name and kind of rows
 * (held out, training) when both are finished, somebody ran them, and the score rests on no leak that was found in what was read: a leaky, unchecked or failed run, and a kept honest score, never gives or takes a change.
 */
export function runRows(runs: readonly RunSummary[]): RunRow[] {
  const previous = new Map<string, number>();
  const rows: RunRow[] = [];
  for (const run of [...runs].reverse()) {
    const value = comparableValue(run);
    let change: number | null = null;
    if (value !== null) {
      const key = `${run.notebook}\n${run.metric?.name}\n${run.metric?.split}`;
      const before = previous.get(key);
      if (before !== undefined) change = value - before;
      previous.set(key, value);
    }
    rows.push({ run, change });
  }
  return rows.reverse();
}

/** The comparable values of one notebook's metric, oldest first. */
export function metricHistory(
  runs: readonly RunSummary[],
  notebook: string,
  metric: string,
): { id: string; value: number }[] {
  const history: { id: string; value: number }[] = [];
  for (const run of runs) {
    const value = comparableValue(run);
    if (value !== null && run.notebook === notebook && run.metric?.name === metric) {
      history.push({ id: run.id, value });
    }
  }
  return history.reverse();
}

/** The list with a newer part laid over it: replaced by id, newest first. */
export function mergeRuns(known: readonly RunSummary[], newer: readonly RunSummary[]): RunSummary[] {
  const replaced = new Set(newer.map((run) => run.id));
  return [...newer, ...known.filter((run) => !replaced.has(run.id))].sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Whether a score of a run, its headline unless another is named, may stand among others: it rests on no leak that was found in what was read, and somebody ran it. */
export function isComparable(run: RunSummary, metric: string | null = run.metric?.name ?? null): boolean {
  const { reaching, unknown } = leaksBeside(run, metric);
  return run.trust !== "unchecked" && reaching + unknown === 0 && run.origin?.kind !== "honest";
}

function comparableValue(run: RunSummary): number | null {
  if (!isComparable(run) || run.outcome.kind !== "ok" || run.metric === null) return null;
  return Number.isFinite(run.metric.value) ? run.metric.value : null;
}

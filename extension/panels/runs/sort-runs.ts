import type { RunSummary } from "@lookback/protocol/runs.ts";
import { metricDirection, metricTitle } from "../kit/metric.ts";
import { isComparable, type RunRow } from "./run-rows.ts";

/** The metrics that these runs may be sorted by, those of most runs first. */
export function sortableMetrics(runs: readonly RunSummary[]): string[] {
  const counts = new Map<string, number>();
  for (const run of runs)
    for (const name of Object.keys(run.metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || a.localeCompare(b)).map(([name]) => name);
}

/** What comes first when runs are sorted by a metric: `best AUC first`; of a metric whose name does not say which way is better, `highest`. */
export function orderText(metric: string | null): string {
  if (metric === null) return "newest first";
  const first = metricDirection(metric) === "unknown" ? "highest" : "best";
  return `${first} ${metricTitle(metric)} first`;
}

/**
 * Rows by a metric, best first (highest, where nobody knows which way is better); null leaves them newest first. What cannot be compared stands below, and never above: runs without the metric, that
 * failed, that leak or were not checked, kept honest scores, and scores of rows that the model was fitted on, newest first.
 */
export function sortRuns(rows: readonly RunRow[], metric: string | null): readonly RunRow[] {
  if (metric === null) return rows;
  const ranked = rows.filter(({ run }) => rankOf(run, metric) !== null);
  const rest = rows.filter(({ run }) => rankOf(run, metric) === null);
  const better = metricDirection(metric) === "lower" ? 1 : -1;
  ranked.sort((a, b) => better * ((rankOf(a.run, metric) ?? 0) - (rankOf(b.run, metric) ?? 0)));
  return [...ranked, ...rest];
}

/** A run's value of a metric where it may be ranked by it. */
function rankOf(run: RunSummary, metric: string): number | null {
  const value = run.trainingMetrics.includes(metric) ? undefined : run.metrics[metric];
  return isComparable(run, metric) && run.outcome.kind === "ok" && value !== undefined ? value : null;
}

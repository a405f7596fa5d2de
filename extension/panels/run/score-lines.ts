import type { Run } from "@lookback/protocol/runs.ts";
import { metricTitle, metricValue } from "../kit/metric.ts";

type Metric = Run["metrics"][number];

/** One line of the scores: a score, or all that a loop computed under one name. */
export interface ScoreLine {
  /** The last of them. */
  readonly metric: Metric;
  /** Every value in order; one of a single score. */
  readonly values: readonly number[];
}

/** Scores of one name, cell, model class and kind of rows are one line where there are more than three. */
export function scoreLines(metrics: readonly Metric[]): ScoreLine[] {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const { cellId, name, estimator, split, folds } = metric;
    const key = JSON.stringify([cellId, name, estimator, split, folds === null]);
    groups.set(key, [...(groups.get(key) ?? []), metric]);
  }
  return [...groups.values()].flatMap((group) => {
    const isSeries =
      group.length > fewest || group.some(({ values, folds }) => values !== null && folds === null);
    if (!isSeries) return group.map((metric) => ({ metric, values: [metric.value] }));
    const last = group.at(-1);
    return last === undefined ? [] : [{ metric: last, values: group.flatMap(valuesOf) }];
  });
}

const fewest = 3;

function valuesOf({ value, values, folds }: Metric): readonly number[] {
  return values === null || folds !== null ? [value] : values;
}

/** A line of the scores in a few words. */
export function scoreLineText({ metric, values }: ScoreLine): string {
  if (values.length > 1) return `${metricTitle(metric.name)} ×${values.length.toLocaleString()}`;
  return `${metricTitle(metric.name)} ${scoreText(metric)}`;
}

/** A score with the spread of its folds. */
export function scoreText({ value, spread }: Pick<Metric, "value" | "spread">): string {
  return spread === null ? metricValue(value) : `${metricValue(value)} ± ${metricValue(spread)}`;
}

/** Which rows a score is of, as far as that is known. */
export function rowsText({ rows, split, folds }: Pick<Metric, "rows" | "split" | "folds">): string {
  const count = rows === null ? "" : `${rows.toLocaleString()} `;
  if (folds !== null) return `${folds} folds of ${count}rows`;
  if (split === "train") return `on ${count}training rows`;
  if (split === "held out") return `on ${count}held-out rows`;
  if (split === "mixed") return `on ${count}rows, some trained on`;
  if (split === "cross-validation") return `on ${count}rows, each out of its fold`;
  return rows === null ? "" : `on ${count}rows`;
}

import { Failure } from "../../failure.ts";
import { standingMetrics } from "../format/headline-metric.ts";
import type { DatasetUse, Metric, ModelFit, Run } from "../format/run.ts";

/** Where a number comes from, inside its run; what the run read leads on to other runs. */
export interface MetricOrigin {
  readonly metric: Metric;
  /** Cells of the run up to the one that computed it, in the order they ran: each may have had a part in it. */
  readonly cells: readonly { readonly cellId: string; readonly index: number | null }[];
  /** The model it is a score of; where that is not known, the last fitted until then. Null when the run fitted none. */
  readonly model: ModelFit | null;
  /** What was read until then. */
  readonly datasets: readonly DatasetUse[];
  /** What is not known, in sentences. */
  readonly unknown: readonly string[];
}

/** Which number of a run: the one that stands for a name, or the last of any; or one of its metrics by its place among them, from 0. */
export interface MetricWish {
  readonly name?: string | undefined;
  readonly at?: number | undefined;
}

/** Where a number of a run comes from. Fails with `lineage/no-such-metric`. */
export function originOfMetric(run: Run, { name, at }: MetricWish): MetricOrigin {
  const metric =
    at !== undefined
      ? run.metrics[at]
      : name === undefined
        ? run.metrics.at(-1)
        : standingMetrics(run).find((each) => each.name === name);
  if (metric === undefined) {
    const names = [...new Set(run.metrics.map((each) => each.name))];
    throw new Failure(
      "lineage/no-such-metric",
      name === undefined
        ? `Run ${run.id} has no ${at === undefined ? "" : "such "}metric.`
        : `Run ${run.id} has no metric ${name}.`,
      { advice: names.length === 0 ? "" : `It has ${names.join(", ")}.`, data: { names } },
    );
  }
  const last = run.cells.findLastIndex(({ cellId }) => cellId === metric.cellId);
  const cells = run.cells.slice(0, last + 1).map(({ cellId, index }) => ({ cellId, index }));
  const until = new Set(cells.map(({ cellId }) => cellId));
  const own = metric.model === null ? undefined : run.models.findLast(({ model }) => model === metric.model);
  const model = own ?? run.models.findLast(({ cellId }) => until.has(cellId)) ?? null;
  const { cellsBefore } = run.session;
  return {
    metric,
    cells,
    model,
    datasets: run.datasets.filter(({ access, cellId }) => access !== "write" && until.has(cellId)),
    unknown: [
      ...(cellsBefore === 0
        ? []
        : [
            cellsBefore === null
              ? "What had run in this kernel before is not known: it may have had a part in it."
              : "Other cells had run in this kernel before: what they left in its variables may have had a part in it.",
          ]),
      ...(model === null
        ? ["No model was fitted in this run before it."]
        : own === undefined
          ? ["Which model it is a score of is not known: the last that was fitted before it is taken."]
          : []),
    ],
  };
}

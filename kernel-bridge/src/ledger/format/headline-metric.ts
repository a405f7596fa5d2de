import type { CellRun, Metric, ModelFit, Run } from "./run.ts";

/** What of a run says which score stands for it. */
export interface Scored extends Pick<Run, "metrics"> {
  readonly cells: readonly Pick<CellRun, "cellId">[];
  readonly models: readonly Pick<ModelFit, "cellId" | "model" | "predicts">[];
}

/**
 * The score that stands for a run: of the last model that has one the best founded, rows that it was not fitted on before folds, those
 * before rows of which it is not known, and training rows last; among equals the first name of the cell that scored last, and of that
 * name the last value, as of a loss for each epoch.
 */
export function headlineMetric(run: Scored): Metric | null {
  const scores = scoresOfLastModel(run);
  const best = Math.min(...scores.map(founded));
  const founds = scores.filter((metric) => founded(metric) === best);
  const cell = founds.at(-1)?.cellId;
  const first = founds.find(({ cellId }) => cellId === cell);
  return founds.findLast(({ cellId, name }) => cellId === cell && name === first?.name) ?? null;
}

/** Of each name the score that stands for it, chosen as the headline is; the headline is among them. */
export function standingMetrics(run: Scored): readonly Metric[] {
  const headline = headlineMetric(run);
  const named = new Map<string, Metric[]>();
  for (const metric of run.metrics) {
    const same = named.get(metric.name);
    if (same === undefined) named.set(metric.name, [metric]);
    else same.push(metric);
  }
  return [...named].flatMap(([name, metrics]) =>
    headline !== null && name === headline.name ? headline : (headlineMetric({ ...run, metrics }) ?? []),
  );
}

/** The last model that answers with predictions, else the last of any kind. */
export function lastModel({ models }: Pick<Run, "models">): ModelFit | null {
  return models.findLast(({ predicts }) => predicts !== false) ?? models.at(-1) ?? null;
}

const order: readonly Metric["split"][] = ["held out", "cross-validation", "mixed", null, "train"];

function founded({ split }: Metric): number {
  const at = order.indexOf(split ?? null);
  // Some of the rows were trained on, or nobody knows: the one is as good as the other.
  return at === 2 ? 3 : at;
}

/** Its own; where none is known for its, those of unknown models that came with or after it. */
function scoresOfLastModel({ cells, models, metrics }: Scored): readonly Metric[] {
  const place = new Map(cells.map(({ cellId }, at) => [cellId, at]));
  const at = ({ cellId }: { readonly cellId: string }) => place.get(cellId) ?? 0;
  for (const model of models.filter(({ predicts }) => predicts !== false).toReversed()) {
    const own = metrics.filter((metric) => model.model != null && metric.model === model.model);
    if (own.length > 0) return own;
    const untied = metrics.filter((metric) => isUntied(metric) && at(metric) >= at(model));
    if (untied.length > 0) return untied;
  }
  const last = metrics.at(-1);
  return metrics.filter((metric) => metric.model === last?.model && metric.estimator === last?.estimator);
}

function isUntied({ model, estimator }: Metric): boolean {
  return model == null && estimator == null;
}

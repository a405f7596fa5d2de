import type { Metric } from "./run.ts";

/** A cell that computed scores when it ran. */
export interface ScoringCell {
  readonly cellId: string;
  /** Whether libraries were seen to compute all of them there. What a cell merely reports may have come from anywhere. */
  readonly isComputed: boolean;
  /** How many numbers of each name were recorded there. */
  readonly scores: ReadonlyMap<string, number>;
}

/** The cells that computed a run's scores, each once. */
export function scoringCells(
  metrics: readonly Pick<Metric, "cellId" | "model" | "rows" | "name" | "folds" | "values">[],
): readonly ScoringCell[] {
  const cells = new Map<string, { isComputed: boolean; readonly scores: Map<string, number> }>();
  for (const { cellId, model, rows, name, folds, values } of metrics) {
    const cell = cells.get(cellId) ?? { isComputed: true, scores: new Map() };
    cells.set(cellId, cell);
    cell.isComputed &&= model != null || rows !== null;
    // What a long loop computed stands together; what folds did is one score.
    const count = folds === null && values !== null ? values.length : 1;
    cell.scores.set(name, (cell.scores.get(name) ?? 0) + count);
  }
  return [...cells].map(([cellId, cell]) => ({ cellId, ...cell }));
}

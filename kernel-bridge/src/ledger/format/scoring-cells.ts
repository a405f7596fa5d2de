import type { Metric } from "./run.ts";

/** A cell that computed scores when it ran. */
export interface ScoringCell {
  readonly cellId: string;
  /** Whether libraries were seen to compute all of them there. What a cell merely reports may have come from anywhere. */
  readonly isComputed: boolean;
}

/** The cells that computed a run's scores, each once. */
export function scoringCells(
  metrics: readonly Pick<Metric, "cellId" | "model" | "rows">[],
): readonly ScoringCell[] {
  const cells = new Map<string, boolean>();
  for (const { cellId, model, rows } of metrics)
    cells.set(cellId, (cells.get(cellId) ?? true) && (model != null || rows !== null));
  return [...cells].map(([cellId, isComputed]) => ({ cellId, isComputed }));
}

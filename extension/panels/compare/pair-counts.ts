import type { CellComparison, Fact, PairComparison } from "@lookback/protocol/compare.ts";

/** How many things of each kind are not the same, or not known to be. */
export interface PairCounts {
  readonly cells: number;
  readonly data: number;
  readonly model: number;
  readonly metrics: number;
  readonly environment: number;
}

export function countsOf(pair: PairComparison): PairCounts {
  return {
    cells: pair.cells.rows.filter(hasChanged).length,
    data: pair.data.filter(({ state }) => state !== "same").length,
    model: [...pair.parameters, ...modelFacts(pair)].filter(isTelling).length,
    metrics: pair.metrics.filter(({ state }) => state !== "same").length,
    environment: [...pair.environment, ...pair.packages, ...pair.git].filter(isTelling).length,
  };
}

/** A cell of which something is not as it was: its text, its place or what it showed. */
export function hasChanged({ state, isMoved, outputs }: CellComparison): boolean {
  return state !== "same" || isMoved || hasOtherOutputs({ outputs });
}

export function hasOtherOutputs({ outputs }: Pick<CellComparison, "outputs">): boolean {
  return outputs.state !== "same" && outputs.state !== "none";
}

/** What both recorded and is not equal, or one alone has. */
export function isTelling({ state }: Fact): boolean {
  return state !== "same" && state !== "unknown";
}

/** A model that one run alone has is one thing; how long fitting took differs each time and is counted nowhere. */
function modelFacts(pair: PairComparison): Fact[] {
  return pair.models.flatMap(({ name, state, facts, parameters }): readonly Fact[] =>
    state === "added" || state === "removed"
      ? [{ name, state, left: null, right: null }]
      : [...facts.filter((fact) => fact.name !== "durationMs"), ...parameters],
  );
}

import { compareCells } from "./cells/compare-cells.ts";
import type { Comparison, PairComparison } from "./comparison.ts";
import { compareData } from "./facts/compare-data.ts";
import { compareEnvironment } from "./facts/compare-environment.ts";
import { compareFacts } from "./facts/compare-facts.ts";
import { compareMetrics } from "./facts/compare-metrics.ts";
import { compareModels } from "./facts/compare-models.ts";
import { valueTable } from "./facts/value-table.ts";
import type { Side } from "./side.ts";
import { verdictOfMany } from "./verdict/verdict-of-many.ts";
import { verdictOfPair } from "./verdict/verdict-of-pair.ts";

/** Two or more runs compared: of two everything, of more what can stand in one table. How often their rows have judged only the ledger knows. */
export function compareRuns(sides: readonly Side[]): Comparison {
  const runs = sides.map(({ run, summary }) => ({ summary, notes: run.notes }));
  const values = valueTable(sides);
  const [left, right, ...more] = sides;
  if (left === undefined || right === undefined || more.length > 0)
    return { runs, values, pair: null, verdict: verdictOfMany(sides, values), looks: null };
  const pair = comparePair(left, right);
  return { runs, values, pair, verdict: verdictOfPair(left, right, pair), looks: null };
}

function comparePair(left: Side, right: Side): PairComparison {
  return {
    cells: compareCells(left, right),
    data: compareData(left.run.datasets, right.run.datasets),
    parameters: compareFacts(left.run.parameters, right.run.parameters, "a value"),
    models: compareModels(left.run.models, right.run.models),
    metrics: compareMetrics(left, right),
    ...compareEnvironment(left.run, right.run),
  };
}

import type { Evaluation } from "../../facts/values/fit.ts";
import type { Split } from "../../facts/values/split.ts";
import type { NotebookFacts } from "../../rule.ts";

/** Whether the best is kept of scores that differ by which rows chance held back in each turn. */
export function isLuckiestDraw(facts: NotebookFacts, evaluation: Evaluation): boolean {
  const isKept = [...facts.compared.values()].some(
    ({ mark, isRepeated }) => isRepeated && mark.rows?.key === evaluation.inputs.rows?.key,
  );
  return (
    isKept &&
    cutsOf(facts, evaluation).some(
      ({ how, folds, loops }) => how === "random" && folds === null && loops.size > 0,
    )
  );
}

/** The splits that made the rows of a score. */
export function cutsOf({ splits }: NotebookFacts, { inputs }: Evaluation): Split[] {
  const cuts = new Set(inputs.rows?.limits.map(({ cut }) => cut));
  return [...splits.values()].filter(({ id }) => cuts.has(id));
}

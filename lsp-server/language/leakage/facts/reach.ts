import { ownScores } from "../api/splitters.ts";
import type { Facts } from "./program.ts";
import type { Calls } from "./values/calls.ts";
import type { Evaluation } from "./values/fit.ts";
import { markOf } from "./values/learn.ts";
import type { Mark } from "./values/mark.ts";
import { overlap, within } from "./values/rows.ts";
import type { Split } from "./values/split.ts";

/** Whether what was learned from a mark's rows reaches a score on some of those rows, by way of the fit. */
export function reachesScore(mark: Mark, { fit, inputs, isFolds, how }: Evaluation): boolean {
  if (!mark.rows || !inputs.rows || !fit.inputs.rows || !overlap(mark.rows, inputs.rows)) return false;
  if (isFolds) return how !== "cross-validation";
  // Scores on the training rows themselves are another fault.
  const isOverlap = within(inputs.rows, fit.inputs.rows) || within(fit.inputs.rows, inputs.rows);
  return !isOverlap && !within(mark.rows, fit.inputs.rows);
}

/** Whether a number came of it: a model's own score, or a metric that met its answers. */
export function isScored(
  { scored }: Pick<Facts, "scored">,
  { how, at, inputs }: Pick<Evaluation, "how" | "at" | "inputs">,
): boolean {
  return isOwnScore(how) || scored.has(markOf("predicted", "", at, inputs.rows).id);
}

/** What computed the number, as a reader knows it: `score`, or `roc_auc_score of predict_proba`. */
export function scoreName(
  { scored }: Pick<Facts, "scored">,
  { how, at, inputs }: Pick<Evaluation, "how" | "at" | "inputs">,
): string {
  const by = scored.get(markOf("predicted", "", at, inputs.rows).id)?.by;
  return by === undefined ? how : `${by} of ${how}`;
}

/** The calls that computed a number of it, as far as they were seen. */
export function scoringCalls({ scored }: Pick<Facts, "scored">, evaluation: Evaluation): Calls {
  const { how, at, inputs, calls } = evaluation;
  const own = isOwnScore(how) ? calls : [];
  return new Map([...own, ...(scored.get(markOf("predicted", "", at, inputs.rows).id)?.calls ?? [])]);
}

/** The cells that computed a number of it, as far as that was seen. */
export function scoringCells(facts: Pick<Facts, "scored">, evaluation: Evaluation): readonly string[] {
  return [...new Set([...scoringCalls(facts, evaluation).values()].map(({ cell }) => cell))];
}

function isOwnScore(how: string): boolean {
  return how === "score" || how === "evaluate" || ownScores.has(how);
}

/** Whether a model that nothing was seen to fit answered about the same rows at the same place. */
export function isAnsweredUnlearned(
  { unfitted }: Pick<Facts, "unfitted">,
  { at, inputs }: Evaluation,
): boolean {
  return unfitted.some(
    (one) => one.at.cell === at.cell && one.at.from === at.from && one.inputs.rows?.key === inputs.rows?.key,
  );
}

/** Whether it is known from the text which rows the model learned from and which it met: nothing that was not read gave them, or had a part in them. */
export function hasKnownRows({ inputs, fit }: Evaluation): boolean {
  return [inputs, fit.inputs].every(
    ({ rows, marks }) =>
      rows !== null &&
      !rows.tables.some((table) => table.startsWith("name:")) &&
      ![...marks.values()].some(({ kind }) => kind === "unread" || kind === "unfollowed"),
  );
}

/** The split whose test rows a model is scored on although it learned from both sides of it. */
export function learnedSplit(facts: Pick<Facts, "scored" | "splits">, evaluation: Evaluation): Split | null {
  const { fit, inputs, isFolds } = evaluation;
  const learned = fit.inputs.rows;
  if (isFolds || !inputs.rows || !learned || !within(inputs.rows, learned)) return null;
  if (!isScored(facts, evaluation)) return null;
  for (const { cut, side } of inputs.rows.limits) {
    const split = side === "test" ? facts.splits.get(cut) : undefined;
    if (split && !learned.limits.some((limit) => limit.cut === cut)) return split;
  }
  return null;
}

/** The feature that holds a value of later rows. Null where the columns are not told apart: it may be what is to be predicted. */
export function laterColumn(mark: Mark, { inputs, fit }: Evaluation): string | null {
  const target = fit.target?.column;
  for (const [name, traits] of inputs.columns ?? [])
    if (traits.marks.has(mark.id) && name !== target) return name;
  const { column, columns, marks } = inputs;
  return columns === null && column !== null && column !== target && marks.has(mark.id) ? column : null;
}

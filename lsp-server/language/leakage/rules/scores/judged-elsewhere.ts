import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { overlap } from "../../facts/values/rows.ts";
import type { NotebookFacts } from "../../rule.ts";

/** Whether other rows of the same table, which no model of theirs learned from, say how good the choice is: then these are validation rows. */
export function isJudgedElsewhere(facts: NotebookFacts, { rows }: Pick<Mark, "rows">): boolean {
  return [...facts.evaluations.values()].some(({ inputs, fit, isFolds, ...one }) => {
    if (isFolds || !rows || !inputs.rows || !fit.inputs.rows || !isScored(facts, { inputs, ...one }))
      return false;
    const isOfTable = inputs.rows.tables.some((table) => rows.tables.includes(table));
    return isOfTable && !overlap(rows, inputs.rows) && !overlap(inputs.rows, fit.inputs.rows);
  });
}

/** Whether what these rows chose is scored on rows that had no part in the choice. */
export function isJudgedAfterwards(facts: NotebookFacts, { inputs: { rows } }: Evaluation): boolean {
  return [...facts.evaluations.values()].some(
    ({ chosenBy, inputs, ...one }) =>
      rows !== null &&
      inputs.rows !== null &&
      [...chosenBy.values()].some((mark) => mark.rows?.key === rows.key) &&
      !overlap(rows, inputs.rows) &&
      isScored(facts, { inputs, ...one }),
  );
}

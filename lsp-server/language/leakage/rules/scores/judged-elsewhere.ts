import { isScored } from "../../facts/reach.ts";
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

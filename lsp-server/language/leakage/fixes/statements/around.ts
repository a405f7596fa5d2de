import type { Place, Statement } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";

/** The statements around a place, from outside in. */
export function statementsAround(facts: NotebookFacts, at: Place): Statement[] {
  const path: Statement[] = [];
  for (let inside = facts.statementsOf(at.cell); ; ) {
    const next = inside.find((one) => holds(one, at));
    if (!next) return path;
    // What stands for a statement of the text may hold it under the same place.
    if (path.at(-1)?.at.from !== next.at.from) path.push(next);
    inside = bodyOf(next);
  }
}

/** The statements that a statement is made of, in whichever branch of it. */
export function bodyOf(statement: Statement): readonly Statement[] {
  if (statement.op === "branch") return statement.arms.flat();
  return "body" in statement ? statement.body : [];
}

/** Whether a place is inside of a statement. */
export function holds({ at }: Statement, { cell, from, to }: Place): boolean {
  return at.cell === cell && at.from <= from && at.to >= to;
}

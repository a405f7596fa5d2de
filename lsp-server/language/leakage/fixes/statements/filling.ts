import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FlowStatement } from "../flow.ts";
import { type Change, changesOf, isInPlace } from "./changes.ts";
import { type Call, given } from "./written.ts";

/** The columns of a table whose gaps a statement fills; null where it changes anything else of it. */
export function filledBy(
  facts: NotebookFacts,
  statement: FlowStatement,
  table: string,
): readonly string[] | null {
  const changes = changesOf(facts, statement).filter(({ name }) => name === table);
  const columns = changes.map((one) => filledIn(one, table));
  return changes.length === 0 || columns.includes(null) ? null : columns.flatMap((one) => one ?? []);
}

/** `df["a"] = df["a"].fillna(0)` and `df["a"].fillna(0, inplace=True)`. */
function filledIn({ target, how, value }: Change, table: string): string | null {
  const filled =
    how === "in place" ? columnOf(target, table) : how === "part" ? columnOf(target, table) : null;
  if (filled === null || value?.op !== "call" || !isFill(value)) return null;
  if (how === "in place") return isInPlace(value) ? filled : null;
  return value.callee.op === "attribute" && columnOf(value.callee.of, table) === filled ? filled : null;
}

function isFill(call: Call): boolean {
  return call.callee.op === "attribute" && call.callee.name === "fillna" && given(call, "axis") === null;
}

/** The column of a table that an expression is, however it is written: by its name, or by the name of what holds that. */
export function columnOf(expression: Expression, table: string): string | null {
  if (expression.op === "attribute")
    return expression.of.op === "name" && expression.of.name === table
      ? JSON.stringify(expression.name)
      : null;
  if (expression.op !== "index" || expression.of.op !== "name" || expression.of.name !== table) return null;
  const { index } = expression;
  if (index.op === "constant") return typeof index.value === "string" ? JSON.stringify(index.value) : null;
  return index.op === "name" ? index.name : null;
}

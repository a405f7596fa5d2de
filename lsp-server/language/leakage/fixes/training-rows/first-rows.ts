import type { Mark } from "../../facts/values/mark.ts";
import type { Limit } from "../../facts/values/rows.ts";
import type { Split } from "../../facts/values/split.ts";
import { type Expression, placeWith } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FlowStatement } from "../flow.ts";
import { expressionAt, isGiven, leftmostName, outermost } from "../names.ts";
import { givenTo } from "../statements/changes.ts";
import { changesRows } from "../statements/rows.ts";
import { calledName, expressionsIn, isConstant } from "../statements/written.ts";
import { beginningOf, isOfOneTable } from "./cut.ts";
import { keepsRows } from "./keeps-rows.ts";
import { stackedIn } from "./stack.ts";

/**
 * How many the first of the rows that were learned from are, where a split is of those alone: as the text cuts them, in words that are known
 * above a statement, or as many as the first table holds of those that were put together. Null where it is of others, or where nothing says how many.
 */
export function firstOf(facts: NotebookFacts, mark: Mark, split: Split, first: FlowStatement): string | null {
  const limit = beginningOf(mark, split);
  if (limit) return countBefore(facts, limit, first);
  const stacked = isOfOneTable(mark, split) ? firstStacked(facts, mark) : null;
  return stacked !== null && isReadFrom(facts, stacked, split, first) ? `len(${stacked})` : null;
}

/** How many the first rows are that a limit leaves, in words that are known above a statement; null where there are none. */
export function countBefore(facts: NotebookFacts, { bound }: Limit, first: FlowStatement): string | null {
  const count = bound.replace(/@\d+/g, "");
  const names = count.match(/(?<![.\w])[A-Za-z_]\w*/g) ?? [];
  return /^[\w.[\]()]+$/.test(count) && names.every((name) => isGiven(facts, name, first)) ? count : null;
}

/** How many rows the first table holds of those that were put together into what was learned from. */
export function countOfFirst(facts: NotebookFacts, mark: Mark): string | null {
  const table = firstStacked(facts, mark);
  return table === null ? null : `len(${table})`;
}

/** The first table of those that were put together into what was learned from; null where it is another by now, or rows have come, gone or moved since. */
function firstStacked(facts: NotebookFacts, { at, rows }: Mark): string | null {
  const root = leftmostName(expressionAt(facts, at), facts);
  const own = outermost(facts, at);
  const flow = facts.flow();
  if (root === null || !own || (rows?.tables.length ?? 0) < 2) return null;
  const until = flow.indexOf(own);
  const firstIn = (statement: FlowStatement | undefined) => {
    const made = statement && givenTo(facts, statement, root);
    const [table] = (made && stackedIn(made)) ?? [];
    return table ? wholeTable(facts, table) : null;
  };
  const stack = flow.slice(0, until).findLastIndex((one) => firstIn(one) !== null);
  const table = firstIn(flow[stack]);
  const [after] = flow.slice(stack + 1);
  if (table === null || !after) return null;
  const between = flow.slice(stack + 1, until);
  if (between.some(({ binds, needs }) => binds.has(root) && !needs.has(root))) return null;
  const isAsItWas = flow.slice(stack, until).every(({ binds }) => !binds.has(table));
  const place = placeWith(at, { from: own.from, to: own.to });
  return isAsItWas && keepsRows(facts, after, [place]) ? table : null;
}

/** The table that an expression is with all its rows: itself, a copy, or some of its columns; null where it may be of fewer. */
function wholeTable(facts: NotebookFacts, one: Expression): string | null {
  if (one.op === "name") return one.name;
  if (one.op === "call" && one.callee.op === "attribute") {
    const isWhole = calledName(one) === "copy" || (calledName(one) === "drop" && !changesRows(facts, [one]));
    return isWhole ? wholeTable(facts, one.callee.of) : null;
  }
  if (one.op !== "index" || one.of.op !== "attribute" || one.of.name !== "loc") return null;
  const rows = one.index.op === "tuple" ? one.index.items[0] : null;
  const isAll = rows?.op === "slice" && !rows.lower && !rows.upper && !rows.step;
  return isAll ? wholeTable(facts, one.of.of) : null;
}

/** Whether a name is what was read from the file whose rows are split. */
function isReadFrom(facts: NotebookFacts, name: string, { inputs }: Split, first: FlowStatement): boolean {
  const [table = ""] = inputs.rows?.tables ?? [];
  const flow = facts.flow();
  const givers = flow.slice(0, flow.indexOf(first)).filter(({ binds }) => binds.has(name));
  const path = table.replace(/^file:/, "");
  return (
    path !== table &&
    givers.length === 1 &&
    expressionsIn(givers.flatMap((one) => givenTo(facts, one, name) ?? [])).some((one) =>
      isConstant(one, path),
    )
  );
}

import type { Mark } from "../../facts/values/mark.ts";
import type { Limit } from "../../facts/values/rows.ts";
import type { Split } from "../../facts/values/split.ts";
import { placeWith } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FlowStatement } from "../flow.ts";
import { expressionAt, isGiven, leftmostName, outermost } from "../names.ts";
import { beginningOf, isOfOneTable } from "./cut.ts";
import { keepsRows } from "./keeps-rows.ts";

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
  const names = count.match(/(?<![.\w"'])[A-Za-z_]\w*/g) ?? [];
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
  const written = new RegExp(`^${root}\\s*=\\s*\\w+\\.concat\\(\\s*(?:objs\\s*=\\s*)?[[(]\\s*${firstTable}`);
  const stack = flow.slice(0, until).findLastIndex(({ text }) => written.test(text));
  const table = written.exec(flow[stack]?.text ?? "")?.[1];
  const [after] = flow.slice(stack + 1);
  if (table === undefined || !after) return null;
  const between = flow.slice(stack + 1, until);
  if (between.some(({ binds, needs }) => binds.has(root) && !needs.has(root))) return null;
  const isAsItWas = flow.slice(stack, flow.indexOf(own)).every(({ binds }) => !binds.has(table));
  const place = placeWith(at, { from: own.from, to: own.to });
  return isAsItWas && keepsRows(facts, after, [place]) ? table : null;
}

/** A table with all its rows, at the head of a list of some. */
const firstTable =
  "([A-Za-z_]\\w*)\\s*(?:,|\\.loc\\[\\s*:\\s*,|\\.copy\\(\\)\\s*,|\\.drop\\((?=[^()]*(?:axis\\s*=\\s*(?:1|[\"']columns)|columns\\s*=|,\\s*1\\s*\\))))";

/** Whether a name is what was read from the file whose rows are split. */
function isReadFrom(facts: NotebookFacts, name: string, { inputs }: Split, first: FlowStatement): boolean {
  const [table = ""] = inputs.rows?.tables ?? [];
  const giving = new RegExp(`^(\\w+\\s*,\\s*)*${name}\\s*(,\\s*\\w+\\s*)*=(?!=)`);
  const flow = facts.flow();
  const givers = flow.slice(0, flow.indexOf(first)).filter(({ text }) => giving.test(text));
  const path = table.replace(/^file:/, "");
  return path !== table && givers.length === 1 && givers.every(({ text }) => text.includes(path));
}

import type { Condition, Term } from "../../../sql/query.ts";
import { bothLimits, boundOf } from "../expressions/masks.ts";
import { noteFilter } from "../expressions/note-filter.ts";
import { brief, type Limit } from "../values/rows.ts";
import type { Context } from "./context.ts";
import type { Tables } from "./open-tables.ts";

/** The cuts that the tests of a WHERE make: `ts < '2020-01-01'` is the low side of that column's cut, as of a mask. */
export function limitsOf(tests: readonly Condition[], _tables: Tables, context: Context): readonly Limit[] {
  let limits: readonly Limit[] = [];
  for (const test of tests) {
    const own = limitsOfTest(test, context);
    noteFilter(context.program, own, context.sql.place(test.at));
    limits = limits.length === 0 ? own : own.length === 0 ? limits : bothLimits(limits, own);
  }
  return limits;
}

function limitsOfTest(test: Condition, context: Context): readonly Limit[] {
  const { operator, left, right, at, hasValue } = test;
  if (hasValue !== null && left.column !== null)
    return [{ cut: `is:${left.column.name}=null`, side: hasValue ? "no" : "yes", bound: "" }];
  // Between columns of two tables it is a join's.
  if (right !== null && left.columns.length > 0 && right.columns.length > 0) return [];
  if (operator === null || right === null || isDrawn(left) || isDrawn(right)) return other(test, context);
  const isFlipped = left.columns.length === 0;
  const [subject, against] = isFlipped ? [right, left] : [left, right];
  const name = subject.column?.name ?? `(${textOf(subject, context)})`;
  const bound = boundText(against, context);
  if (bound === null) return other(test, context);
  const isLow = isFlipped ? operator.startsWith(">") : operator.startsWith("<");
  if (operator === "=")
    return [
      { cut: `of:${name}`, side: `=${bound}`, bound: "" },
      { cut: `is:${name}=${bound}`, side: "yes", bound: "" },
    ];
  if (operator === "!=") return [{ cut: `is:${name}=${bound}`, side: "no", bound: "" }];
  if (at.to < at.from) return [];
  return [{ cut: `by:${name}`, side: isLow ? "low" : "high", bound }];
}

/** A test of another form, or one that chance decides: some rows pass, and those of its opposite are the others. */
function other(test: Condition, context: Context): readonly Limit[] {
  const place = context.sql.place(test.at);
  const site = isDrawn(test.left) ? `${place.cell}:${place.from}:` : "";
  const text = context.sql.written(test.at).toLowerCase().replaceAll(/\s+/g, " ");
  const opposite = text.replace(/\bnot /, "");
  return [{ cut: brief(`where:${site}${opposite}`), side: text === opposite ? "yes" : "no", bound: "" }];
}

function isDrawn({ calls }: Term): boolean {
  return calls.some(({ name }) => /^(random|rand|uuid|gen_random_uuid|newid)$/.test(name));
}

function textOf({ at }: Term, { sql }: Context): string {
  return sql.written(at).toLowerCase().replaceAll(/\s+/g, "");
}

/** A bound as text, as of a comparison in Python: equal for those that surely mean the same. */
function boundText(term: Term, { program, sql }: Context): string | null {
  const written = sql.written(term.at);
  const hole = /\{(\w+)[^{}]*\}/.exec(written)?.[1];
  if (hole !== undefined) return boundOf(program, { op: "name", name: hole, at: sql.place(term.at) });
  if (term.constant !== null) return term.constant;
  return term.columns.length > 0 ? null : written.toLowerCase().replaceAll(/\s+/g, "");
}

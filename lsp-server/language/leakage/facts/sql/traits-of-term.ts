import type { Call, Column, Term } from "../../../sql/query.ts";
import { columnTraits, marked, noTraits, type Traits, unionTraits } from "../values/traits.ts";
import { allTraits, traitsOfColumn } from "../values/value-traits.ts";
import { isAnyones, noteUnsure, ownersOf } from "./column-owner.ts";
import type { Context } from "./context.ts";
import { markOfCall } from "./mark-of-call.ts";
import type { Tables } from "./open-tables.ts";

/** What an expression went through: its columns', its calls' and its queries' history. */
export function traitsOfTerm(term: Term, tables: Tables, context: Context): Traits {
  const { program } = context;
  let traits = noTraits;
  for (const column of term.columns) traits = unionTraits(traits, traitsOf(column, tables, context));
  for (const query of term.queries)
    traits = unionTraits(traits, {
      marks: allTraits(context.answerOf(query, context), program.store.read).marks,
      columns: noTraits.columns,
    });
  for (const call of term.calls) {
    const mark = markOfCall(call, tables.all, context);
    if (mark === null) continue;
    traits = marked(
      traits,
      mark.kind === "statistic" && fills(call, term) ? { ...mark, isFilling: true } : mark,
    );
  }
  return traits;
}

/** Whether a call's answer stands where a value is missing: `coalesce(x, avg(x) OVER ())`. */
function fills({ at }: Call, { calls }: Term): boolean {
  return calls.some(
    (around) =>
      /^(coalesce|ifnull|nvl|isnull)$/.test(around.name) && around.at.from < at.from && at.to <= around.at.to,
  );
}

/** A column by its name, of the table that it names; without one, of whichever holds it. Of several that may hold it, it has what is true of all. */
function traitsOf(column: Column, { byName, all }: Tables, context: Context): Traits {
  const { name, table } = column;
  const owners = ownersOf(column, byName);
  const found = owners.flatMap((alias) => byName.get(alias) ?? []).map((one) => traitsOfColumn(one, name));
  const [first, ...others] = found;
  if (!first) return columnTraits(name, all.isClosed ? noTraits : all.rest);
  const isHeld = owners.some((alias) => byName.get(alias)?.columns?.has(name));
  const either = found.reduce(unionTraits);
  const shared = new Map([...first.marks].filter(([id]) => others.every(({ marks }) => marks.has(id))));
  if (table !== null || isHeld || shared.size === either.marks.size) return either;
  noteUnsure(column, owners, context);
  return isAnyones(column, context) ? either : { ...either, marks: shared };
}

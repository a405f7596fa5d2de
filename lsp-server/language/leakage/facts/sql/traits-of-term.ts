import type { Call, Column, Term } from "../../../sql/query.ts";
import { columnTraits, marked, noTraits, type Traits, unionTraits } from "../values/traits.ts";
import { allTraits, traitsOfColumn } from "../values/value-traits.ts";
import type { Context } from "./context.ts";
import { markOfCall } from "./mark-of-call.ts";
import type { Tables } from "./open-tables.ts";

/** What an expression went through: its columns', its calls' and its queries' history. */
export function traitsOfTerm(term: Term, tables: Tables, context: Context): Traits {
  const { program } = context;
  let traits = noTraits;
  for (const column of term.columns) traits = unionTraits(traits, traitsOf(column, tables));
  for (const query of term.queries)
    traits = unionTraits(traits, {
      marks: allTraits(context.answerOf(query, context), program.store.read).marks,
      columns: noTraits.columns,
    });
  for (const call of term.calls) {
    const mark = markOfCall(call, tables.all.rows, context);
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

/** A column by its name, of the table that it names; without one, of whichever holds it. */
function traitsOf({ table, name }: Column, { byName, all }: Tables): Traits {
  const of = table === null ? undefined : byName.get(table.toLowerCase());
  if (of) return traitsOfColumn(of, name);
  const holding = [...byName.values()].filter(({ columns }) => columns?.has(name));
  if (holding.length > 0) return holding.map((one) => traitsOfColumn(one, name)).reduce(unionTraits);
  const open = [...byName.values()].filter(({ isClosed }) => !isClosed);
  // Of several it is the first's: the others' would come with a history that it may not have.
  return open[0] ? traitsOfColumn(open[0], name) : columnTraits(name, all.isClosed ? noTraits : all.rest);
}

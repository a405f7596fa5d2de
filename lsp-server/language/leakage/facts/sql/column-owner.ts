import type { Column, Condition, Term } from "../../../sql/query.ts";
import type { Value } from "../values/value.ts";
import type { Context } from "./context.ts";

/** The tables that a column may be of, by what the query calls them: the one that it names, those that hold it, or those of which not every column is known. */
export function ownersOf({ table, name }: Column, tables: ReadonlyMap<string, Value>): string[] {
  const own = table?.toLowerCase();
  if (own !== undefined && tables.has(own)) return [own];
  const all = [...tables];
  const holding = all.filter(([, { columns }]) => columns?.has(name));
  const found = holding.length > 0 ? holding : all.filter(([, { isClosed }]) => !isClosed);
  return found.map(([alias]) => alias);
}

/** Whether a column that could be of several tables is taken for one of all of them; that it could be is noted. */
export function isAnyones(
  { at, name }: Column,
  owners: readonly string[],
  { program, sql }: Context,
): boolean {
  const place = sql.place(at);
  const key = `${place.cell}:${place.from}`;
  program.facts.tableless.set(key, { at: place, name, tables: owners });
  return program.isAnyones(key);
}

/** Tests whose columns name their table, where it can only be one. */
export function withOwners(tests: readonly Condition[], tables: ReadonlyMap<string, Value>): Condition[] {
  const named = (column: Column): Column => {
    const [owner, another] = column.table === null ? ownersOf(column, tables) : [];
    return owner === undefined || another !== undefined ? column : { ...column, table: owner };
  };
  const inTerm = (term: Term): Term => ({
    ...term,
    column: term.column && named(term.column),
    columns: term.columns.map(named),
  });
  return tests.map((test) => ({
    ...test,
    left: inTerm(test.left),
    right: test.right && inTerm(test.right),
  }));
}

/** Whether a test may keep rows of a table that are not later than something of another, and nobody can tell: its columns could be of either. */
export function mayBound(
  { operator, left, right }: Condition,
  alias: string,
  tables: ReadonlyMap<string, Value>,
  context: Context,
): boolean {
  if (operator === null || right === null || !/^[<>]/.test(operator)) return false;
  const [earlier, later] = operator.startsWith("<")
    ? [left.column, right.column]
    : [right.column, left.column];
  if (!earlier || !later) return false;
  const [own, other] = [ownersOf(earlier, tables), ownersOf(later, tables)];
  if (!own.includes(alias) || other.every((one) => one === alias)) return false;
  const unsure = [
    { column: earlier, owners: own },
    { column: later, owners: other },
  ].filter(({ column, owners }) => column.table === null && owners.length > 1);
  if (unsure.length === 0) return false;
  return unsure.map(({ column, owners }) => isAnyones(column, owners, context)).every((is) => !is);
}

import type { Column, Condition, Term } from "../../../sql/query.ts";
import type { Place } from "../../ir.ts";
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

/** Notes that a column could be of several tables. */
export function noteUnsure({ at, name }: Column, owners: readonly string[], { program, sql }: Context): void {
  const place = sql.place(at);
  program.facts.tableless.set(keyOf(place), { at: place, name, tables: owners });
}

/** Whether a column that could be of several tables is taken for one of all of them. */
export function isAnyones({ at }: Column, { program, sql }: Context): boolean {
  return program.isAnyones(keyOf(sql.place(at)));
}

function keyOf({ cell, from }: Place): string {
  return `${cell}:${from}`;
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

/** A test that may keep rows of a table that are not later than something of another, and nobody can tell: its columns could be of either. */
export interface UnsureBound {
  /** Of which tables the earlier column may be, and of which the later one. */
  readonly own: ReadonlySet<string>;
  readonly other: ReadonlySet<string>;
  /** Those of the two that could be of several. */
  readonly columns: readonly { readonly column: Column; readonly owners: readonly string[] }[];
}

/** The tests of which nobody can tell which table they bound. */
export function unsureBounds(tests: readonly Condition[], tables: ReadonlyMap<string, Value>): UnsureBound[] {
  return tests.flatMap(({ operator, left, right }): UnsureBound[] => {
    if (operator === null || right === null || !/^[<>]/.test(operator)) return [];
    const [earlier, later] = operator.startsWith("<")
      ? [left.column, right.column]
      : [right.column, left.column];
    if (!earlier || !later) return [];
    const both = [earlier, later].map((column) => ({ column, owners: ownersOf(column, tables) }));
    const columns = both.filter(({ column, owners }) => column.table === null && owners.length > 1);
    const [own, other] = both.map(({ owners }) => new Set(owners));
    return own && other && columns.length > 0 ? [{ own, other, columns }] : [];
  });
}

/** Whether it may be this table that a test bounds. */
export function mayBound({ own, other }: UnsureBound, alias: string): boolean {
  return own.has(alias) && other.size > (other.has(alias) ? 1 : 0);
}

import type { Column, Condition, Join, Query, Relation, Select, Term } from "../../../sql/query.ts";
import { joinTables } from "../calls/join-frames.ts";
import { sayUnopened } from "../calls/say-unknown.ts";
import { noFrame } from "../values/frame-facts.ts";
import { constantOf, unknown } from "../values/kinds.ts";
import { allOf, limited } from "../values/rows.ts";
import { isTimeName, timeColumnsOf, withTimeColumn } from "../values/time-columns.ts";
import { columnTraits } from "../values/traits.ts";
import { unfollowed } from "../values/unfollowed.ts";
import type { Value } from "../values/value.ts";
import {
  isAnyones,
  mayBound,
  noteUnsure,
  type UnsureBound,
  unsureBounds,
  withOwners,
} from "./column-owner.ts";
import type { Context } from "./context.ts";
import { asOfOf, boundsEarlier, inQuery, isLateral, isOf, keysOf } from "./join-tests.ts";

/** The tables that a select reads. */
export interface Tables {
  /** By alias or name, in lower case. */
  readonly byName: ReadonlyMap<string, Value>;
  /** All of them, joined. */
  readonly all: Value;
}

/** The tables of FROM and JOIN; each join becomes a fact, and what comes through it is marked. */
export function openTables(select: Select, query: Query, context: Context): Tables {
  const [first, ...others] = select.from;
  const byName = new Map<string, Value>();
  if (first === undefined) return { byName, all: unknown };
  const asked = columnsAsked(select, query);
  const open = (relation: Relation) => withTimes(relation, asked, tableOf(relation, context));
  let all = open(first);
  const keep = (relation: Relation, table: Value) => byName.set(nameOf(relation), table);
  keep(first, all);
  const beside = others.map(
    (relation): Join => ({ at: relation.at, relation, kind: "inner", isAsOf: false, using: [], on: [] }),
  );
  const joins = [...beside, ...select.joins];
  const opened = joins.map(({ relation }) => open(relation));
  const everyone = new Map([
    [nameOf(first), all],
    ...joins.map(({ relation }, at) => [nameOf(relation), opened[at] ?? unknown] as const),
  ]);
  const where = withOwners(select.where, everyone);
  const unsure = unsureBounds(where, everyone);
  const settle = settling(context);
  for (const [at, join] of joins.entries()) {
    const on = withOwners(join.on, everyone);
    const tests = [...on, ...where];
    const right = ofToday(join, tests, opened[at] ?? unknown, context);
    const { leftKeys, rightKeys } = keysOf(join, tests);
    if (join.kind === "only") {
      const text = context.sql.written(join.at);
      const cut = `joined:${text}`;
      if (all.rows) all = { ...all, rows: limited(all.rows, { cut, side: "yes", bound: "" }) };
      continue;
    }
    const isBounded =
      join.isAsOf ||
      tests.some((test) => boundsEarlier(test, join.relation.alias)) ||
      isLateral(join) ||
      [...unsureBounds(on, everyone), ...unsure]
        .filter((bound) => mayBound(bound, nameOf(join.relation)))
        .map(settle)
        .includes(true);
    const joined = joinTables(context.program, {
      left: all,
      right,
      leftKeys,
      rightKeys,
      how: isBounded ? "as-of" : "equal",
      asOf: join.isAsOf ? asOfOf(join) : null,
      kind: join.kind === "outer" ? "left" : "inner",
      label: join.isAsOf ? "ASOF JOIN" : "JOIN",
      at: context.sql.place(join.at),
      written: null,
      inQuery: inQuery(join, byName, right, context),
    });
    all = joined.all;
    keep(join.relation, joined.right);
  }
  return { byName, all };
}

/** Whether a test that nobody can tell the table of is taken to bound the one that it may; that it could be another is noted, once a test. */
function settling(context: Context): (bound: UnsureBound) => boolean {
  const settled = new Map<UnsureBound, boolean>();
  return (bound) => {
    const before = settled.get(bound);
    if (before !== undefined) return before;
    for (const { column, owners } of bound.columns) noteUnsure(column, owners, context);
    const isBound = !bound.columns.some(({ column }) => isAnyones(column, context));
    settled.set(bound, isBound);
    return isBound;
  };
}

function nameOf({ alias, at }: Relation): string {
  return alias?.toLowerCase() ?? `at ${at.from}`;
}

/** A table of which a test keeps what is true now: `c.is_current`, `c.valid_to IS NULL`. */
function ofToday({ relation }: Join, tests: readonly Condition[], table: Value, { sql }: Context): Value {
  const test = tests.find(({ left, right, hasValue }) => {
    const [column, ...others] = left.columns;
    if (!column || others.length > 0 || !isOf(left, relation.alias)) return false;
    const isNow = /^(is_)?(current|latest)(_(flag|row|record|version))?$/i.test(column.name);
    const isOpen = /^(valid|effective|end|expir)\w*(_to|_until|_end|_date|_at)?$/i.test(column.name);
    return (isNow && (right === null || right.columns.length === 0)) || (isOpen && hasValue === false);
  });
  const column = test?.left.columns[0];
  if (!column) return table;
  return {
    ...table,
    frame: { ...(table.frame ?? noFrame), latest: { column: column.name, at: sql.place(column.at) } },
  };
}

function tableOf(relation: Relation, context: Context): Value {
  const { program, tables, named, sql } = context;
  if (relation.query) return context.answerOf(relation.query, context);
  const name = relation.table ?? holeOf(context, relation);
  if (name === unknownName)
    return unfollowed(
      program,
      `Which table \`${sql.written(relation.at)}\` names is not known from the text.`,
      tables.all(),
      sql.place(relation.at),
    );
  if (name !== null) {
    const known = named.get(name.toLowerCase()) ?? tables.named(name);
    if (known) return { ...known, owner: null };
    return { ...unknown, rows: allOf(`table:${name.toLowerCase()}`) };
  }
  if (relation.file === null) {
    const { cell, from } = sql.place(relation.at);
    return { ...unknown, rows: allOf(`read:${cell}:${from}`) };
  }
  const written = program.files.get(relation.file);
  if (written) return written;
  const schema = program.schemaOf(relation.file);
  if (schema === null) sayUnopened(program, relation.file, sql.place(relation.at));
  return {
    ...unknown,
    rows: allOf(`file:${relation.file}`),
    columns: schema && new Map(schema.columns.map((column) => [column, columnTraits(column)])),
    isClosed: schema !== null,
    frame: {
      ...noFrame,
      file: relation.file,
      types: schema?.types ?? null,
      timeColumns: timeColumnsOf(schema),
    },
  };
}

/** The name that stands at a place for one, where the notebook writes it out: `FROM {table}`; null where no such place is. */
function holeOf({ program, sql, tables }: Context, { at, file, query }: Relation): string | null {
  const hole = file !== null || query !== null ? null : /^\$?\{+\s*([^{}]*?)\s*\}+/.exec(sql.written(at));
  if (hole === null) return null;
  const [, name = ""] = hole;
  const reference = /^\w+$/.test(name) ? program.store.lookup(name) : undefined;
  const constant = reference === undefined ? undefined : constantOf(program.store.read(reference));
  if (typeof constant === "string") return constant;
  return tables.named(name) === null ? unknownName : name;
}

const unknownName = "?";

/** A table with the moments that the query names of it, where its columns are not known. */
function withTimes({ alias }: Relation, asked: readonly Column[], table: Value): Value {
  if (table.isClosed) return table;
  const frame = table.frame ?? noFrame;
  const timeColumns = asked
    .filter((column) => column.table?.toLowerCase() === alias?.toLowerCase() && isTimeName(column.name))
    .filter(({ name }) => frame.types?.[name] === undefined)
    .map(({ name }) => ({ name, basis: "name" as const }))
    .reduce(withTimeColumn, frame.timeColumns);
  return { ...table, frame: { ...frame, timeColumns } };
}

/** Every column that a select names, with its table. */
function columnsAsked(select: Select, query: Query): Column[] {
  const tests = [...select.where, ...select.qualify, ...select.joins.flatMap(({ on }) => on)];
  const terms: Term[] = [
    ...select.items.flatMap((item) => (item.op === "column" ? [item.term] : [])),
    ...tests.flatMap(({ left, right }) => (right ? [left, right] : [left])),
    ...(select.groupBy === "all" ? [] : (select.groupBy ?? [])),
    ...query.order.map(({ term }) => term),
  ];
  return terms.flatMap(({ columns }) => columns);
}

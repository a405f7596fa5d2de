import type { Column, Condition, Join, Query, Relation, Select, Term } from "../../../sql/query.ts";
import { joinTables } from "../calls/join-frames.ts";
import { allOf, limited } from "../values/rows.ts";
import { isTimeName, timeColumnsOf, withTimeColumn } from "../values/time-columns.ts";
import { columnTraits, noFrame, unknown } from "../values/traits.ts";
import { unfollowed } from "../values/unfollowed.ts";
import type { AsOf, Value } from "../values/value.ts";
import type { Context } from "./context.ts";

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
  const keep = ({ alias, at }: Relation, table: Value) =>
    byName.set(alias?.toLowerCase() ?? `at ${at.from}`, table);
  keep(first, all);
  const beside = others.map(
    (relation): Join => ({ at: relation.at, relation, kind: "inner", isAsOf: false, using: [], on: [] }),
  );
  for (const join of [...beside, ...select.joins]) {
    const tests = [...join.on, ...select.where];
    const right = ofToday(join, tests, open(join.relation), context);
    const { leftKeys, rightKeys } = keysOf(join, tests);
    if (join.kind === "only") {
      const text = context.sql.written(join.at);
      const cut = `joined:${text}`;
      if (all.rows) all = { ...all, rows: limited(all.rows, { cut, side: "yes", bound: "" }) };
      continue;
    }
    const isBounded =
      join.isAsOf || tests.some((test) => boundsEarlier(test, join.relation.alias)) || isLateral(join);
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
    });
    all = joined.all;
    keep(join.relation, joined.right);
  }
  return { byName, all };
}

/** A table of which a test keeps what is true now: `c.is_current`, `c.valid_to IS NULL`. */
function ofToday({ relation }: Join, tests: readonly Condition[], table: Value, { sql }: Context): Value {
  const test = tests.find(({ operator, left, right, at }) => {
    const [column, ...others] = left.columns;
    if (!column || others.length > 0 || !isOf(left, relation.alias)) return false;
    const isNow = /^(is_)?(current|latest)(_(flag|row|record|version))?$/i.test(column.name);
    const isOpen = /^(valid|effective|end|expir)\w*(_to|_until|_end|_date|_at)?$/i.test(column.name);
    const isUnended =
      operator === null &&
      isOpen &&
      /\bis\s+null\s*$/i.test(sql.written({ from: at.from, to: at.to + 10 }).trim());
    return (isNow && (right === null || right.columns.length === 0)) || isUnended;
  });
  const column = test?.left.columns[0];
  if (!column) return table;
  return {
    ...table,
    frame: { ...(table.frame ?? noFrame), latest: { column: column.name, at: sql.place(column.at) } },
  };
}

/** How an as-of join looks: back from the row where its time is the greater one, as it is for the last column of USING. */
function asOfOf({ relation, using, on }: Join): AsOf | null {
  const tests = on.flatMap(({ operator, left, right }) => {
    const isOwnFirst = isOf(left, relation.alias);
    const [own, other] = isOwnFirst ? [left, right] : [right, left];
    const [ownColumn] = own?.columns ?? [];
    const [otherColumn] = other?.columns ?? [];
    const isOrder = operator !== null && /^[<>]/.test(operator) && own && isOf(own, relation.alias);
    if (!isOrder || !ownColumn || !otherColumn) return [];
    const isBackward = operator.startsWith("<") === isOwnFirst;
    return [{ leftTime: otherColumn.name, rightTime: ownColumn.name, isBackward }];
  });
  const [first, second] = tests;
  const last = using.at(-1);
  if (!first)
    return last === undefined
      ? null
      : { leftTime: last, rightTime: last, direction: "backward", hasTolerance: false };
  const { leftTime, rightTime, isBackward } = first;
  return {
    leftTime,
    rightTime,
    direction: isBackward ? "backward" : "forward",
    hasTolerance: second !== undefined,
  };
}

/** A query beside each row tests in itself which rows it takes, by a moment of that row. */
function isLateral({ relation }: Join): boolean {
  if (relation.query === null) return false;
  return selectsOf(relation.query).some(({ where, from, joins }) => {
    const own = new Set(
      [...from, ...joins.map((join) => join.relation)].map(({ alias }) => alias?.toLowerCase()),
    );
    const isOuter = (term: Term | null) =>
      term?.columns.some(({ table }) => table !== null && !own.has(table.toLowerCase())) ?? false;
    return where.some(({ operator, left, right }) => {
      const isOrder = operator !== null && /^[<>]/.test(operator);
      return isOrder && right !== null && isOuter(left) !== isOuter(right);
    });
  });
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
  const constant = reference === undefined ? undefined : program.store.read(reference).constant;
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

/** The columns of both sides that must be equal: the left one, then the joined table's. */
function keysOf({ relation, using }: Join, tests: readonly Condition[]) {
  const leftKeys = [...using];
  const rightKeys = [...using];
  for (const { operator, left, right } of tests) {
    if (operator !== "=" || right === null) continue;
    const [own, other] = isOf(right, relation.alias) ? [right, left] : [left, right];
    const [ownColumn] = own.columns;
    const [otherColumn] = other.columns;
    if (!isOf(own, relation.alias) || isOf(other, relation.alias) || !ownColumn || !otherColumn) continue;
    leftKeys.push(otherColumn.name);
    rightKeys.push(ownColumn.name);
  }
  return { leftKeys, rightKeys };
}

/** Whether a test keeps rows of the joined table that are not later than something of another. */
function boundsEarlier({ operator, left, right }: Condition, alias: string | null): boolean {
  if (operator === null || right === null) return false;
  const isLow = operator === "<" || operator === "<=";
  const isHigh = operator === ">" || operator === ">=";
  if (isLow) return isOf(left, alias) && !isOf(right, alias) && right.columns.length > 0;
  return isHigh && isOf(right, alias) && !isOf(left, alias) && left.columns.length > 0;
}

function isOf({ columns }: Term, alias: string | null): boolean {
  return (
    columns.length > 0 &&
    columns.every(({ table }) => table !== null && table.toLowerCase() === alias?.toLowerCase())
  );
}

function selectsOf({ selects }: Query): Select[] {
  return selects.flatMap((part) => ("selects" in part ? selectsOf(part) : [part as Select]));
}

import type { Query, Select } from "../../../sql/query.ts";
import { type FrameFacts, noFrame } from "../values/frame-facts.ts";
import { unknown } from "../values/kinds.ts";
import { allOf, limited, limitedBy } from "../values/rows.ts";
import { isTimeName, withTimeColumn } from "../values/time-columns.ts";
import { noTraits, type Traits, unionTraits } from "../values/traits.ts";
import type { Value } from "../values/value.ts";
import { isAggregate } from "./aggregates.ts";
import type { Context } from "./context.ts";
import { limitsOf } from "./limits-of.ts";
import { numberedBy, oneOfEach } from "./one-of-each.ts";
import { openTables, type Tables } from "./open-tables.ts";
import { traitsOfTerm } from "./traits-of-term.ts";

/** The table that one select answers. */
export function selected(select: Select, query: Query, context: Context): Value {
  const { sql, call } = context;
  const site = `${call.cell}:${call.from}:${select.at.from}`;
  const opened = openTables(select, query, context);
  let { rows } = opened.all;
  if (rows !== null) {
    rows = limitedBy(rows, limitsOf(select.where, opened, context));
    if (select.isSample) rows = limited(rows, { cut: `sample:${site}`, side: "yes", bound: "" });
  }
  const tables: Tables = { ...opened, all: { ...opened.all, rows } };
  const answer = { ...unknown, ...columnsOf(select, tables, context), rows };
  const frame = frameOf(tables.all.frame ?? noFrame, answer);
  if (isGrouped(select)) {
    const groups = select.groupBy === "all" ? [] : (select.groupBy ?? []);
    return {
      ...answer,
      rows: allOf(`groups:${site}`),
      frame: {
        ...frame,
        file: null,
        isOneRowPer: groups.flatMap(({ column }) => column?.name ?? []),
        latest: latestOfGroups(select, context),
      },
    };
  }
  const one = oneOfEach(select, query, context.numbered);
  if (one === null || rows === null)
    return { ...answer, frame: { ...frame, isOneRowPer: select.isDistinct ? [] : null } };
  const at = sql.place(one.at);
  const latest = one.latestBy === null ? null : { column: one.latestBy, at };
  return {
    ...answer,
    rows: limited(rows, { cut: `first:${site}`, side: "yes", bound: "" }),
    frame: { ...frame, isOneRowPer: one.keys, latest },
  };
}

function columnsOf(
  select: Select,
  tables: Tables,
  context: Context,
): Pick<Value, "columns" | "isClosed" | "rest"> {
  const columns = new Map<string, Traits>();
  let rest = noTraits;
  let isClosed = true;
  for (const item of select.items) {
    if (item.op === "column") {
      columns.set(item.name, traitsOfTerm(item.term, tables, context));
      const one = item.term.calls.map(numberedBy).find((each) => each !== null);
      if (one) context.numbered.set(item.name.toLowerCase(), one);
      continue;
    }
    const of = item.of === null ? tables.all : (tables.byName.get(item.of.toLowerCase()) ?? tables.all);
    for (const [name, traits] of of.columns ?? [])
      if (!item.except.includes(name) && !columns.has(name)) columns.set(name, traits);
    if (of.isClosed) continue;
    isClosed = false;
    rest = unionTraits(rest, of.rest);
  }
  return { columns, isClosed, rest };
}

/** Moments among the columns: those of the tables that are still there, and those that are called so. */
function frameOf(frame: FrameFacts, { columns, isClosed }: Value): FrameFacts {
  const kept = frame.timeColumns.filter(({ name }) => !isClosed || columns?.has(name));
  const called = [...(columns?.keys() ?? [])].filter(
    (name) => isTimeName(name) && frame.types?.[name] === undefined,
  );
  const timeColumns = called.map((name) => ({ name, basis: "name" as const })).reduce(withTimeColumn, kept);
  return { ...frame, sortedBy: null, timeColumns, isOneRowPer: null, latest: null };
}

function isGrouped({ groupBy, items }: Select): boolean {
  return groupBy !== null || items.some((item) => item.op === "column" && item.term.calls.some(isAggregate));
}

/** The order by which a group's last row is taken: `arg_max(status, updated_at)`. */
function latestOfGroups({ items }: Select, { sql }: Context): FrameFacts["latest"] {
  for (const item of items) {
    if (item.op !== "column") continue;
    for (const { name, args, at } of item.term.calls) {
      const by = args[1]?.column;
      if (/^(arg_?max|max_by)$/.test(name) && by) return { column: by.name, at: sql.place(at) };
    }
  }
  return null;
}

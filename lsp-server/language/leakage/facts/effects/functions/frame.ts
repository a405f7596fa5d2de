import type { Place } from "../../../ir.ts";
import { argument, textsOf } from "../../calls/arguments.ts";
import type { Program } from "../../program.ts";
import { rowsOfValue } from "../../values/data-of.ts";
import { noFrame } from "../../values/frame-facts.ts";
import { asData, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { allOf } from "../../values/rows.ts";
import { columnTraits, noColumns, noTraits, type Traits, unionOfAll } from "../../values/traits.ts";
import type { Passed, Value } from "../../values/value.ts";
import { allTraits } from "../../values/value-traits.ts";
import type { FunctionCall } from "../effect.ts";

/** A table made of columns, of arrays, or of another's rows. */
export function frame({ program, args, call }: FunctionCall): Reference {
  const value = frameOf(program, args, call.at);
  const isTime = argument(args, 1, "index")?.value.form === "moments";
  const facts = value.frame ?? noFrame;
  return program.store.allocate(
    isTime ? { ...value, frame: { ...facts, index: { column: null, isTime, at: call.at } } } : value,
  );
}

function frameOf(program: Program, args: readonly Passed[], at: Place): Value {
  const { store } = program;
  const data = argument(args, 0, "data");
  const names = textsOf(argument(args, -1, "columns"), store.read);
  const index = argument(args, 1, "index")?.value ?? null;
  // `DataFrame(index=other.index)` is about the other's rows.
  const own =
    (index?.kind === "data" ? index.rows : null) ?? allOf(`frame:${at.cell}:${at.from}${program.site}`);
  if (!data)
    return { ...unknown, rows: own, columns: new Map(), isClosed: true, gone: noColumns, frame: noFrame };
  const { value } = data;
  if (value.entries) return ofColumns(program, value, value.entries, own);
  const inPairs = columnsInRows(value, names, store.read);
  if (inPairs) return { ...unknown, rows: value.rows, columns: inPairs, isClosed: true, gone: noColumns };
  const rest = allTraits(value, store.read);
  const rows = rowsOfValue(value, store.read) ?? own;
  if (!names)
    return { ...asData(value), items: null, owner: null, rows, rest: value.items ? rest : value.rest };
  const columns = new Map(
    names.map((name) => [name, value.columns?.get(name) ?? columnTraits(name, rest)] as const),
  );
  return { ...unknown, rows, columns, isClosed: true, gone: noColumns, frame: value.frame };
}

/** The columns of rows that are lists: each is what stands at its place in all of them; null where they are not told apart. */
function columnsInRows(
  { rows, items }: Value,
  names: readonly string[] | null,
  read: (reference: Reference) => Value,
): ReadonlyMap<string, Traits> | null {
  const [first, ...others] = items?.map((item) => read(item).items) ?? [];
  const length = names?.length ?? first?.length;
  if (!rows || !first || [first, ...others].some((row) => row?.length !== length)) return null;
  const columnAt = (at: number): Traits =>
    unionOfAll(
      noTraits,
      [first, ...others].flatMap((row) => (row?.[at] === undefined ? [] : [allTraits(read(row[at]), read)])),
    );
  return new Map(
    first.map((_, at) => {
      const [name, traits] = [names?.[at] ?? String(at), columnAt(at)];
      const marks = new Map([...traits.marks].filter(([, { kind }]) => kind !== "element"));
      return [
        name,
        traits.columns.size > 0 ? { ...traits, marks } : columnTraits(name, { ...traits, marks }),
      ];
    }),
  );
}

function ofColumns(
  program: Program,
  value: Value,
  entries: NonNullable<Value["entries"]>,
  own: NonNullable<Value["rows"]>,
): Value {
  const { read } = program.store;
  const columns = new Map<string, Traits>();
  const whole = entries.get("?names");
  const table = whole === undefined ? null : read(whole);
  // Each column of a table, by its name.
  if (table?.rows && table.gone && entries.size === 1)
    return { ...asData(table), owner: null, frame: table.frame ?? noFrame };
  const timeColumns = [];
  for (const [name, reference] of entries) {
    const entry = read(reference);
    const traits = allTraits(entry, read);
    columns.set(name, traits.columns.size > 0 ? traits : { marks: traits.marks, columns: new Set([name]) });
    if (entry.form === "moments") timeColumns.push({ name, basis: "parsed" as const });
  }
  const isClosed = ![...columns.keys()].some((name) => name.startsWith("?"));
  const rows = rowsOfValue(value, read);
  const isJoint = rows !== null && !rows.tables[0]?.startsWith("call:");
  return {
    ...unknown,
    rows: isJoint ? rows : own,
    columns,
    isClosed,
    gone: isClosed ? noColumns : null,
    frame: { ...noFrame, timeColumns },
  };
}

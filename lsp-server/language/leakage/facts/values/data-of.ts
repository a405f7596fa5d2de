import type { Place } from "../../ir.ts";
import type { Data } from "./data.ts";
import type { Reference } from "./reference.ts";
import type { Value } from "./value.ts";
import { allTraits } from "./value-traits.ts";

/** The first rows found in the value or its items. */
export function rowsOfValue(value: Value, read: (reference: Reference) => Value): Value["rows"] {
  if (value.rows) return value.rows;
  for (const item of value.items ?? value.entries?.values() ?? []) {
    const rows = read(item).rows;
    if (rows) return rows;
  }
  return null;
}

/** The value as a model, split or join sees it. */
export function dataOf(value: Value, at: Place, read: (reference: Reference) => Value): Data {
  const all = allTraits(value, read);
  const marks = [...all.marks].filter(([, { kind }]) => kind !== "element");
  return {
    at,
    rows: rowsOfValue(value, read),
    marks: marks.length === all.marks.size ? all.marks : new Map(marks),
    columns: value.columns,
    rest: value.rest.marks,
    isClosed: value.isClosed,
    gone: value.items ? null : value.gone,
    column: value.column,
    origins: all.columns,
    frame: value.frame,
  };
}

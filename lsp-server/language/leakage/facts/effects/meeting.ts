import { expressionRows } from "../values/rows.ts";
import type { Value } from "../values/value.ts";

/** A polars expression once it meets a frame: what it learned, it learned from the frame's rows. */
export function meeting(value: Value, rows: Value["rows"]): Value {
  if (![...value.rest.marks.values()].some((mark) => mark.rows?.key === expressionRows.key)) return value;
  const marks = [...value.rest.marks.values()].map((mark) =>
    mark.rows?.key === expressionRows.key ? { ...mark, rows, id: `${mark.id}${rows?.key ?? ""}` } : mark,
  );
  const met = new Map(marks.map((mark) => [mark.id, mark]));
  return { ...value, rows, rest: { ...value.rest, marks: met } };
}

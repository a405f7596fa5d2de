import type { Mark } from "../values/mark.ts";
import { expressionRows } from "../values/rows.ts";
import { timeOrderOf } from "../values/time-order.ts";
import type { Value } from "../values/value.ts";

/** A polars expression once it meets a frame: what it learned, or took from other rows, is of the frame's rows. */
export function meeting(value: Value, { rows, frame }: Pick<Value, "rows" | "frame">): Value {
  if (![...value.rest.marks.values()].some((mark) => mark.rows?.key === expressionRows.key)) return value;
  const marks = [...value.rest.marks.values()].map((mark) =>
    mark.rows?.key === expressionRows.key
      ? { ...inTable(mark, frame), rows, id: `${mark.id}${rows?.key ?? ""}` }
      : mark,
  );
  const met = new Map(marks.map((mark) => [mark.id, mark]));
  return { ...value, rows, rest: { ...value.rest, marks: met } };
}

/** Where the latest row stands first, earlier rows and later ones change places. */
function inTable(mark: Mark, frame: Value["frame"]): Mark {
  if (!mark.along) return mark;
  const isReversed = timeOrderOf(frame)?.isDescending === true;
  const kind = isReversed ? (opposite[mark.kind] ?? mark.kind) : mark.kind;
  return { ...mark, kind, along: { ...mark.along, frame } };
}

const opposite: Partial<Readonly<Record<Mark["kind"], Mark["kind"]>>> = {
  lag: "ahead",
  ahead: "lag",
};

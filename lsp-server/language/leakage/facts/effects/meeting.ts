import type { Mark } from "../values/mark.ts";
import { expressionRows } from "../values/rows.ts";
import { timeOrderOf } from "../values/time-order.ts";
import { changeMarks, type Traits, unionTraits } from "../values/traits.ts";
import type { Value } from "../values/value.ts";
import { mapTraits } from "../values/value-traits.ts";

/**
 * A polars expression once it meets a frame: what it learned, or took from other rows, is of the frame's rows; its columns are the frame's,
 * with what they went through.
 */
export function meeting(value: Value, table: Value): Value {
  if (value.rows?.key !== expressionRows.key && !isWaiting(value.rest)) return value;
  const { rows, frame } = table;
  const met = mapTraits(value, (traits) => {
    // Of several columns, each is told of itself.
    const [column = null] = value.columns ? traits.columns : [];
    const own = changeMarks(traits, (mark) => {
      if (mark.rows?.key !== expressionRows.key) return mark;
      const of = mark.of ?? (mark.along ? column : null);
      return { ...inTable(mark, frame), rows, id: `${mark.id}${rows?.key ?? ""}${of ?? ""}`, of };
    });
    const before = [...traits.columns].flatMap((name) => table.columns?.get(name) ?? []);
    return before.reduce(unionTraits, own);
  });
  return { ...met, rows };
}

function isWaiting({ marks }: Traits): boolean {
  return [...marks.values()].some((mark) => mark.rows?.key === expressionRows.key);
}

/** The columns that an expression gives a frame, each with its name; none where its names are not known. */
export function columnsGiven({
  column,
  columns,
  rest,
  isClosed,
}: Value): readonly (readonly [string, Traits])[] {
  if (columns && isClosed) return [...columns];
  return column === null ? [] : [[column, rest]];
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

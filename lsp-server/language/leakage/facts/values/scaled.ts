import type { Mark } from "./mark.ts";
import { noTraits } from "./traits.ts";
import type { Value } from "./value.ts";
import { withTraits } from "./value-traits.ts";

/** What comes of rows from which a statistic is taken, or which it divides: whoever has other rows to prepare needs that number. */
export function scaledBy(operator: string, left: Value, right: Value, value: Value): Value {
  if (operator !== "-" && operator !== "/") return value;
  const number = left.kind === "scalar" ? left : right;
  const other = number === left ? right : left;
  if (number.kind !== "scalar" || other.kind === "scalar" || other.rows === null) return value;
  const marks = [...number.rest.marks.values()]
    .filter(({ kind }) => kind === "statistic")
    .map((mark): Mark => ({ ...mark, id: `${prefix}${mark.id}`, kind: "scaled" }));
  return withTraits(value, {
    marks: new Map(marks.map((mark) => [mark.id, mark])),
    columns: noTraits.columns,
  });
}

/** The statistic of a mark that something was scaled by. */
export function statisticOfScaled({ id }: Mark): string {
  return id.slice(prefix.length);
}

const prefix = "scaled:";

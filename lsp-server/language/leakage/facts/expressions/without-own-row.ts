import type { Value } from "../values/value.ts";
import { mapMarks } from "../values/value-traits.ts";

/** `frame["y"].cumsum() - frame["y"]`: what came together up to each row, without the row's own value. */
export function withoutOwnRow(sum: Value, own: Value): Value {
  const { column } = own;
  // What happened to the values since they were added up makes others of them.
  if (column === null || ![...own.rest.marks.keys()].every((id) => sum.rest.marks.has(id))) return sum;
  return mapMarks(sum, (mark) =>
    mark.along?.isOwnRowIn && mark.along.isSum && mark.of === column && !own.rest.marks.has(mark.id)
      ? { ...mark, id: `${mark.id} without its own`, along: { ...mark.along, isOwnRowIn: false } }
      : mark,
  );
}

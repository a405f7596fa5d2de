import type { Value } from "../values/value.ts";
import { mapMarks } from "../values/value-traits.ts";

/** `frame["y"].cumsum() - frame["y"]`: what came together up to each row, without the row's own value. */
export function withoutOwnRow(sum: Value, own: Value): Value {
  const { column } = own;
  if (column === null || own.rest.marks.size > 0) return sum;
  return mapMarks(sum, (mark) =>
    mark.along?.isOwnRowIn && mark.of === column && /sum$|^diff$/.test(mark.label)
      ? { ...mark, id: `${mark.id} without its own`, along: { ...mark.along, isOwnRowIn: false } }
      : mark,
  );
}

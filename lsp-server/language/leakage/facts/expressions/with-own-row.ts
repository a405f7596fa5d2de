import type { Value } from "../values/value.ts";
import { mapMarks } from "../values/value-traits.ts";

/** `price / groups["price"].transform("mean")`: what its group comes to takes its own value no way from a row. */
export function withOwnRow(operator: string, left: Value, right: Value, value: Value): Value {
  if ((operator !== "/" && operator !== "-") || left.column === null || left.rows === null) return value;
  const { marks, columns } = left.rest;
  return mapMarks(value, (mark) => {
    const { along, of, id } = mark;
    const isOfGroups = mark.kind === "statistic" && along !== null && along.groups !== null;
    if (!isOfGroups || of === null || !columns.has(of) || marks.has(id) || !right.rest.marks.has(id))
      return mark;
    return { ...mark, along: { ...along, isOwnRowIn: true } };
  });
}

import { markOf } from "../values/learn.ts";
import type { Along, Mark } from "../values/mark.ts";
import { timeOrderOf } from "../values/time-order.ts";
import { changeMarks } from "../values/traits.ts";
import type { Value } from "../values/value.ts";
import { mapTraits } from "../values/value-traits.ts";
import type { MethodCall } from "./effect.ts";

/** The mark of values that a method took from rows before or behind each, or from all of its group. */
export function alongMark(
  kind: "lag" | "ahead" | "carried" | "statistic",
  { value, name, call }: MethodCall,
  how: Partial<Omit<Along, "frame" | "groups">> = {},
): Mark {
  const { frame } = value;
  const keys = value.kind === "grouped" ? (frame?.isOneRowPer ?? null) : null;
  const groups = keys ?? (value.kind === "grouped" && !value.isWindow ? [] : null);
  return {
    ...markOf(kind, name, call.at, value.rows),
    of: value.column,
    along: { ...blankAlong, frame, groups, ...how },
  };
}

/** Nothing is known of how values were taken. */
export const blankAlong: Along = {
  frame: null,
  groups: null,
  periods: null,
  isOwnRowIn: false,
  isSum: false,
  isOfFirstRows: false,
};

/** What a function makes of one group at a time: what it takes from other rows, or learns of them, it does of rows of that group. */
export function withinGroups(answer: Value, { frame, rest, columns }: Value): Value {
  const groups = frame?.isOneRowPer ?? [];
  const before = new Set([rest, ...(columns?.values() ?? [])].flatMap(({ marks }) => [...marks.keys()]));
  return mapTraits(answer, (traits) => {
    const [column, another] = traits.columns;
    const of = another === undefined ? (column ?? null) : null;
    return changeMarks(traits, (mark) => {
      if (mark.along?.groups === null) return { ...mark, along: { ...mark.along, groups } };
      if (mark.kind !== "statistic" || mark.along !== null || before.has(mark.id)) return mark;
      return { ...mark, of: mark.of ?? of, along: { ...blankAlong, frame, groups } };
    });
  });
}

/** Whether the rows that stand behind a row are the earlier ones. */
export function isReversedInTime({ value }: Pick<MethodCall, "value">): boolean {
  return timeOrderOf(value.frame)?.isDescending === true;
}

import { markOf } from "../values/learn.ts";
import type { Along, Mark } from "../values/mark.ts";
import { timeOrderOf } from "../values/time-order.ts";
import type { Value } from "../values/value.ts";
import { mapMarks } from "../values/value-traits.ts";
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
  isOfFirstRows: false,
};

/** What a function makes of one group at a time: what it takes from other rows, it takes from rows of that group. */
export function withinGroups(value: Value, frame: Value["frame"]): Value {
  const groups = frame?.isOneRowPer ?? [];
  return mapMarks(value, (mark) =>
    mark.along?.groups === null ? { ...mark, along: { ...mark.along, groups } } : mark,
  );
}

/** Whether the rows that stand behind a row are the earlier ones. */
export function isReversedInTime({ value }: Pick<MethodCall, "value">): boolean {
  return timeOrderOf(value.frame)?.isDescending === true;
}

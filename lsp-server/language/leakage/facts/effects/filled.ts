import type { Value } from "../values/value.ts";
import { allTraits, withMark } from "../values/value-traits.ts";
import { alongMark, isReversedInTime } from "./along.ts";
import type { MethodCall } from "./effect.ts";

/** From which rows missing values are filled: those that stand before each, or behind. */
export type Way = "forward" | "backward";

/** The rows with what was missing filled from others. What earlier rows have filled is missing in the first rows alone. */
export function filled(kept: Value, of: MethodCall, way: Way): Value {
  const isAhead = (way === "backward") !== isReversedInTime(of);
  if (!isAhead) return withMark(kept, { ...alongMark("carried", of), isFilling: true });
  const { marks } = allTraits(of.value, of.program.store.read);
  const isOfFirstRows = [...marks.values()].some(
    ({ kind, rows }) => kind === "carried" && rows?.key === of.value.rows?.key,
  );
  return withMark(kept, { ...alongMark("ahead", of, { isOfFirstRows }), isFilling: true });
}

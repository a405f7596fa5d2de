import { constantArgument } from "../calls/arguments.ts";
import type { Mark } from "../values/mark.ts";
import { timeOrderOf } from "../values/time-order.ts";
import { alongMark, isReversedInTime } from "./along.ts";
import type { MethodCall } from "./effect.ts";

/**
 * The mark of what has come together up to each row: of its own value too where values come together, not where rows are counted. Counted
 * from the last row, or where the latest stands first, it is what comes later.
 */
export function runningMark(of: MethodCall): Mark {
  const isFromLast = of.name === "cumcount" && constantArgument(of.args, 0, "ascending") === false;
  const isAhead = timeOrderOf(of.value.frame) !== null && isFromLast !== isReversedInTime(of);
  return alongMark(isAhead ? "ahead" : "carried", of, {
    isOwnRowIn: /^cum_?(max|min|prod|sum)$/.test(of.name),
    isSum: /sum$/.test(of.name),
  });
}

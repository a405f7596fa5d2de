import { asData } from "../../values/kinds.ts";
import { reordered } from "../../values/rows.ts";
import { unordered } from "../../values/time-order.ts";
import { unionTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { withinGroups } from "../along.ts";
import { historyOf, type MethodCall } from "../effect.ts";

/** What a function makes of each group. */
export function apply({ program, value, args, call }: MethodCall): Value {
  const [callback] = args;
  const answer = callback
    ? withinGroups(program.callBack(callback.reference, [asData(value)], call.at), value)
    : value;
  return {
    ...asData(answer),
    rows: value.rows && reordered(value.rows, `groups of ${call.at.cell}:${call.at.from}`),
    frame: unordered(answer.frame),
    rest: unionTraits(answer.rest, historyOf(program, args)),
  };
}

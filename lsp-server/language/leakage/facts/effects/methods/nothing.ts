import { derived } from "../../values/derive.ts";
import { scalar } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { isAcross, type MethodCall } from "../effect.ts";

/** An answer that carries no data, of all rows; along a row one for each. */
export function nothing(of: MethodCall): Value {
  return isAcross(of) ? derived(of.program, [of.value]) : scalar(undefined);
}

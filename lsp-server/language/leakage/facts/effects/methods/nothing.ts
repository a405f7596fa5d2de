import { constantArgument } from "../../calls/arguments.ts";
import { derived } from "../../values/derive.ts";
import { asMask, scalar } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { isAcross, type MethodCall } from "../effect.ts";

/** An answer that carries no data, of all rows; along a row one for each: `(z < 3).all(axis=1)` is what was asked of each. */
export function nothing(of: MethodCall): Value {
  const { program, value, args } = of;
  if (value.kind === "mask" && (isAcross(of) || constantArgument(args, 0) === 1))
    return asMask(value, [], value.learned);
  return isAcross(of) ? derived(program, [value]) : scalar(undefined);
}

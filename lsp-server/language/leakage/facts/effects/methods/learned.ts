import { markOf } from "../../values/learn.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import { isAcross, type MethodCall } from "../effect.ts";

/** The same rows, changed by a statistic of all of them: ranks. */
export function learned(of: MethodCall): Value {
  const { value, name, call } = of;
  return value.rows === null || isAcross(of)
    ? value
    : withMark(value, markOf("statistic", name, call.at, value.rows));
}

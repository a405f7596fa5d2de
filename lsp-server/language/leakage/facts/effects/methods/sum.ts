import { scalar } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { isAcross, type MethodCall } from "../effect.ts";
import { statisticOf } from "./statistic.ts";

/** A statistic; of a mask it is how many. */
export function sum(of: MethodCall): Value {
  return of.value.kind === "mask" && !isAcross(of) ? scalar(undefined) : statisticOf(of);
}

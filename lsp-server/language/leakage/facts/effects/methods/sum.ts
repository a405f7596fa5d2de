import { scoredByHand } from "../../calls/judge-answers.ts";
import { scalar } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { isAcross, type MethodCall } from "../effect.ts";
import { statisticOf } from "./statistic.ts";

/** A statistic; of a mask it is how many, which is a score where the mask says which answers are right. */
export function sum(of: MethodCall): Value {
  const { program, value, name, call } = of;
  if (value.kind !== "mask" || isAcross(of)) return statisticOf(of);
  return scoredByHand(program, name, value, scalar(undefined), call.at);
}

import { learnBack } from "../../calls/learn-back.ts";
import { scalar } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** `loss.backward()`: the models whose answers the loss is made of learn from the rows they answered about. */
export function backward({ program, value, call }: MethodCall): Value {
  learnBack(program, value, call.at);
  return scalar(null);
}

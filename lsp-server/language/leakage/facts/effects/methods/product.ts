import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { productOf } from "../product-of.ts";

/** `left.dot(right)`. */
export function product({ program, value, name, args, call }: MethodCall): Value {
  const [right] = args;
  return right ? productOf(program, value, right.value, name, call.at) : value;
}

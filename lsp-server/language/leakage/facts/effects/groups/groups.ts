import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** The groups again, or some of their columns or rows. */
export function groups({ value }: MethodCall): Value {
  return value;
}

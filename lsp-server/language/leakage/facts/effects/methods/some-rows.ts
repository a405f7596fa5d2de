import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** Some of the rows, nobody knows which. */
export function someRows({ value }: MethodCall): Value {
  return { ...value };
}

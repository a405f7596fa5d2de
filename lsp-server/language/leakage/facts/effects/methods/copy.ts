import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** The same, and nothing else's. */
export function copy({ value }: MethodCall): Value {
  return { ...value };
}

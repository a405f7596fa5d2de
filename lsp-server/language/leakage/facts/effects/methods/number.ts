import { scalar } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** The same number as Python's own: `loss.item()`. */
export function number({ value }: MethodCall): Value {
  return value.kind === "scalar" ? { ...value, owner: null } : scalar(undefined);
}

import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** The rows it is called on, with its arguments' history. */
export function byRow(of: MethodCall): Value {
  return keeping(of);
}

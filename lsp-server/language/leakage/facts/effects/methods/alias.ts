import { constantOf } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { firstOf, type MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** A polars expression under another name. */
export function alias(of: MethodCall): Value {
  const column = constantOf(firstOf(of.args));
  return keeping(of, (kept) => (typeof column === "string" ? { ...of.value, column } : kept));
}

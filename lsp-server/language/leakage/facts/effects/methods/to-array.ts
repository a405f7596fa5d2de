import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** A copy as another kind of table. */
export function toArray(of: MethodCall): Value {
  return keeping(of, (kept) => ({ ...kept, owner: null }));
}

import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** Another index beside the same rows. */
export function index(of: MethodCall): Value {
  return keeping(of, () => of.value);
}

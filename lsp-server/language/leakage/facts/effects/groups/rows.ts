import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** Answers beside each row: of a window that was opened before, or of earlier rows of the group alone. */
export function rows({ value }: Pick<MethodCall, "value">): Value {
  return { ...value, kind: "data", path: null };
}

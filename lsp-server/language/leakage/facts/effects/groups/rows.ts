import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import { alongMark } from "../along.ts";
import type { MethodCall } from "../effect.ts";

/** Answers beside each row: of a window that was opened before, or of earlier rows of the group alone. */
export function rows(of: MethodCall): Value {
  const { value } = of;
  // A window says how it opened.
  const marked = value.path === "window" ? value : withMark(value, alongMark("carried", of));
  return { ...marked, kind: "data", path: null };
}

import { asData } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { runningMark } from "../running-mark.ts";

/** Answers beside each row: of a window that was opened before, or of earlier rows of the group alone. */
export function rows(of: MethodCall): Value {
  const { value } = of;
  // A window says how it opened.
  const marked = value.kind === "grouped" && value.isWindow ? value : withMark(value, runningMark(of));
  return asData(marked);
}

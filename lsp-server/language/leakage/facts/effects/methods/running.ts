import { inForm } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";
import { runningMark } from "../running-mark.ts";

/** What has come together up to each row, in the order they are in. */
export function running(of: MethodCall): Value {
  return keeping(of, (kept) => inForm(withMark(kept, runningMark(of)), "ranked"));
}

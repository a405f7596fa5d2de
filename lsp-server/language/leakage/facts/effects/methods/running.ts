import { inForm } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import { alongMark } from "../along.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** What has come together up to each row, in the order they are in. */
export function running(of: MethodCall): Value {
  return keeping(of, (kept) => inForm(withMark(kept, alongMark("carried", of)), "ranked"));
}

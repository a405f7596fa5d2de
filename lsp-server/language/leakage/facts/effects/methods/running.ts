import { rankedPath } from "../../expressions/select-rows.ts";
import { withMark } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { alongMark } from "../along.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** What has come together up to each row, in the order they are in. */
export function running(of: MethodCall): Value {
  return keeping(of, (kept) => ({ ...withMark(kept, alongMark("carried", of)), path: rankedPath }));
}

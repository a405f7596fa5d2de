import { joinFrames } from "../../calls/join-frames.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** `pd.merge(left, right)`: by equal keys. */
export function merge({ program, args, call }: FunctionCall): Reference {
  return joinFrames(program, args[0] ?? null, args[1] ?? null, args.slice(2), "equal", call);
}

/** `pd.merge_asof(left, right)`: by the last moment before. */
export function mergeAsOf({ program, args, call }: FunctionCall): Reference {
  return joinFrames(program, args[0] ?? null, args[1] ?? null, args.slice(2), "as-of", call);
}

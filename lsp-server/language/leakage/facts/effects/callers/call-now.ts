import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** `np.apply_along_axis(f, axis, rows)`. */
export function alongAxis({ program, args, call }: FunctionCall): Reference | null {
  const [first, , third] = args;
  return first && third ? program.call(first.reference, [third, ...args.slice(3)], call) : null;
}

/** `asyncio.to_thread(f, …)`. */
export function toThread({ program, args, call }: FunctionCall): Reference | null {
  const [first] = args;
  return first ? program.call(first.reference, args.slice(1), call) : null;
}

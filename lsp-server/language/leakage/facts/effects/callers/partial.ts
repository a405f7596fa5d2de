import { isCallable } from "../../calls/callable.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";
import { callableOf } from "./callable-of.ts";

/** `partial(f, x)`. */
export function partial({ program, args }: FunctionCall): Reference | null {
  const [first, ...given] = args;
  return first && isCallable(first.value)
    ? callableOf(program, { op: "partial", of: first.reference, args: given })
    : null;
}

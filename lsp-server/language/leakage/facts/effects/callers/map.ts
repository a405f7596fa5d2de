import { isCallable } from "../../calls/callable.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";
import { mapped } from "./mapped.ts";

/** `map(f, …)`. */
export function map({ program, args, call }: FunctionCall): Reference | null {
  const [first, ...sources] = args;
  return first && isCallable(first.value) ? mapped(program, first, sources, false, call) : null;
}

/** `starmap(f, …)`: each element is the arguments. */
export function starMap({ program, args, call }: FunctionCall): Reference | null {
  const [first, ...sources] = args;
  return first && isCallable(first.value) ? mapped(program, first, sources, true, call) : null;
}

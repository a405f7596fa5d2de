import { isCallable } from "../../calls/callable.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";
import { callableOf } from "./callable-of.ts";

/** The function it is handed, or something that hands on whatever it is called with: `delayed(f)`, `Parallel(n_jobs=2)`. */
export function handOn({ program, args }: FunctionCall): Reference {
  const [first] = args;
  return first && isCallable(first.value) ? first.reference : callableOf(program, { op: "hand-on" });
}

/** Something that hands on whatever it is called with. */
export function parallel({ program }: FunctionCall): Reference {
  return callableOf(program, { op: "hand-on" });
}

import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { type FunctionCall, firstOf, historyOf } from "../effect.ts";

/** The rows of the first argument, with every argument's history. */
export function rows({ program, args }: FunctionCall): Reference {
  const first = firstOf(args) ?? unknown;
  return program.store.allocate({ ...first, owner: null, rest: historyOf(program, args) });
}

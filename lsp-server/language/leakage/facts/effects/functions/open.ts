import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** A file that is open stands for its path. */
export function open({ program, args }: FunctionCall): Reference {
  return args[0]?.reference ?? program.store.allocate(unknown);
}

import { unknown } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** A file that is open stands for its path. */
export function open({ program, args }: FunctionCall): Reference {
  return args[0]?.reference ?? program.store.allocate(unknown);
}

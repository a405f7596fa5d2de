import { unknown } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** The same, and nothing else's. */
export function copy({ program, args }: FunctionCall): Reference {
  const [first] = args;
  return program.store.allocate(first ? { ...first.value, owner: null } : unknown);
}

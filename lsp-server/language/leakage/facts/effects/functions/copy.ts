import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** The same, and nothing else's. */
export function copy({ program, args }: FunctionCall): Reference {
  const [first] = args;
  return program.store.allocate(first ? { ...first.value, owner: null } : unknown);
}

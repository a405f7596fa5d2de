import { derived } from "../../values/derive.ts";
import { unionTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { firstOf, type MethodCall } from "../effect.ts";

/** The rows of another behind its own. */
export function append({ program, value, args }: MethodCall): Value {
  const added = firstOf(args);
  if (!added) return value;
  return { ...value, rest: unionTraits(value.rest, derived(program, [value, added]).rest) };
}

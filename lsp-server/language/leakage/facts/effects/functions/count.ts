import { rowsOfValue, scalar } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** `len(rows)`: how many they are. */
export function count({ program, args }: FunctionCall): Reference {
  const first = firstOf(args);
  return program.store.allocate({
    ...scalar(undefined),
    counts: first && rowsOfValue(first, program.store.read),
  });
}

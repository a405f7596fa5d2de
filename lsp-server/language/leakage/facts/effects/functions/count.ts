import { rowsOfValue } from "../../values/data-of.ts";
import { scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** `len(rows)`: how many they are. */
export function count({ program, args }: FunctionCall): Reference {
  const first = firstOf(args);
  return program.store.allocate({
    ...scalar(undefined),
    counts: first && rowsOfValue(first, program.store.read),
  });
}

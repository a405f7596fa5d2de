import { names } from "../../calls/call-names.ts";
import { dictOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** The notebook's names, or the attributes of what it is given. */
export function namespace({ program, args }: FunctionCall): Reference {
  const value = firstOf(args);
  if (!value || value.kind === "names") return program.store.allocate(names);
  return program.store.allocate(dictOf(value.entries ?? new Map()));
}

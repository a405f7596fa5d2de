import { unknown } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** A column for each of a column's values. */
export function dummies({ program, args }: FunctionCall): Reference {
  return program.store.allocate({ ...(firstOf(args) ?? unknown), owner: null, isClosed: false, gone: null });
}

import { unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** A column for each of a column's values. */
export function dummies({ program, name, args, call }: FunctionCall): Reference {
  const value = { ...(firstOf(args) ?? unknown), owner: null, isClosed: false, gone: null };
  return program.store.allocate(withMark(value, markOf("dummies", name, call.at, value.rows)));
}

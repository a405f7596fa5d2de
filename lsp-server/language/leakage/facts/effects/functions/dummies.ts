import { argument } from "../../calls/arguments.ts";
import { unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** A column for each of a column's values. */
export function dummies({ program, name, args, call }: FunctionCall): Reference {
  const given = firstOf(args) ?? unknown;
  // What is in the place of a column says what the column said.
  const isNamed = argument(args, 1, "prefix") === null && !given.isClosed;
  const value = { ...given, owner: null, isClosed: false, gone: isNamed ? given.gone : null };
  return program.store.allocate(withMark(value, markOf("dummies", name, call.at, value.rows)));
}

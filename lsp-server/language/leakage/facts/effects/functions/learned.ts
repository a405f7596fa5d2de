import { markOf } from "../../values/learn.ts";
import { rowsOfValue, unknown, withMark } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** The same rows, changed by a statistic of them. */
export function learned({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const first = firstOf(args) ?? unknown;
  const mark = markOf("statistic", name, call.at, rowsOfValue(first, store.read));
  return store.allocate({ ...withMark(first, mark), owner: null });
}

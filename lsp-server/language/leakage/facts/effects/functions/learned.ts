import { rowsOfValue } from "../../values/data-of.ts";
import { unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** The same rows, changed by a statistic of them. */
export function learned({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const first = firstOf(args) ?? unknown;
  const mark = markOf("statistic", name, call.at, rowsOfValue(first, store.read));
  return store.allocate({ ...withMark(first, mark), owner: null });
}

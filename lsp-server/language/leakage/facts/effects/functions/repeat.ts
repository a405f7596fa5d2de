import { constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import { unknown, withMark } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** `np.repeat(rows, n, axis=0)`: each row several times; along another axis, each value. */
export function repeat({ program, name, args, call }: FunctionCall): Reference {
  const first = firstOf(args) ?? unknown;
  const isOfRows = constantArgument(args, 2, "axis") === 0;
  const value = { ...first, owner: null };
  return program.store.allocate(
    isOfRows ? withMark(value, markOf("resample", name, call.at, first.rows)) : value,
  );
}

import { constantArgument } from "../../calls/arguments.ts";
import { unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
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

import { constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";

/** Each row several times; along another axis, each value. */
export function repeat({ value, name, args, call }: MethodCall): Value {
  const axis = constantArgument(args, -1, "axis");
  const isOfRows = axis === 0 || (axis === undefined && args.length === 1);
  return isOfRows ? withMark(value, markOf("resample", name, call.at, value.rows)) : value;
}

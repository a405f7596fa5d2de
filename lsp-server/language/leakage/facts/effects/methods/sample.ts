import { constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import { limited } from "../../values/rows.ts";
import { unordered } from "../../values/time-order.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";

/** Rows drawn by chance: some, all in another order, or some more than once. */
export function sample({ value, args, call }: MethodCall): Value {
  const { at } = call;
  const isWhole = constantArgument(args, -1, "frac") === 1;
  const frame = unordered(value.frame);
  if (constantArgument(args, -1, "replace") === true)
    return { ...withMark(value, markOf("resample", "sample", at, value.rows)), frame };
  if (isWhole || !value.rows) return { ...value, frame };
  const rows = limited(value.rows, { cut: `sample:${at.cell}:${at.from}`, side: "yes", bound: "" });
  return { ...value, frame, rows };
}

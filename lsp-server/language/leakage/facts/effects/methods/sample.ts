import { argument, constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import { limited, reordered } from "../../values/rows.ts";
import { drawn } from "../../values/shuffled.ts";
import { unordered } from "../../values/time-order.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";

/** Rows drawn by chance: some, all in another order, or some more than once. */
export function sample({ program, value, args, call }: MethodCall): Value {
  const { at } = call;
  const isWhole = constantArgument(args, -1, "frac") === 1;
  const frame = unordered(value.frame);
  if (constantArgument(args, -1, "replace") === true)
    return { ...withMark(value, markOf("resample", "sample", at, value.rows)), frame };
  if (!value.rows) return { ...value, frame };
  // The same seed draws the same.
  const seed = argument(args, -1, "random_state", "seed");
  const order = `${drawn}${seed ? program.textOf(call.at).replace(/^[\s\S]*\.sample\(/, "") : `${at.cell}:${at.from}`}`;
  const mixed = reordered(value.rows, order);
  if (isWhole) return { ...value, frame, rows: mixed };
  const rows = limited(mixed, { cut: `sample:${at.cell}:${at.from}`, side: "yes", bound: "" });
  return { ...value, frame, rows };
}

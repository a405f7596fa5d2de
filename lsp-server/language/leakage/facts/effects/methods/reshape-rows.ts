import { derived } from "../../values/derive.ts";
import { markOf } from "../../values/learn.ts";
import { allOf } from "../../values/rows.ts";
import { unordered } from "../../values/time-order.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";

/** Rows of their own, made of the old ones: `melt`, `pivot_table`. */
export function reshapeRows({ program, value, name, call }: MethodCall): Value {
  const reshaped = {
    ...derived(program, [value]),
    frame: unordered(value.frame),
    rows: allOf(`reshaped:${call.at.cell}:${call.at.from}`),
  };
  // The rows that one became are alike.
  if (name === "explode") return withMark(reshaped, markOf("resample", name, call.at, reshaped.rows));
  return name === "pivot_table"
    ? withMark(reshaped, markOf("statistic", name, call.at, value.rows))
    : reshaped;
}

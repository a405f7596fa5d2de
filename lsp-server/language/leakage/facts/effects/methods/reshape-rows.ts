import { argument, constantArgument, textsOf } from "../../calls/arguments.ts";
import { derived } from "../../values/derive.ts";
import { markOf } from "../../values/learn.ts";
import { allOf } from "../../values/rows.ts";
import { unordered } from "../../values/time-order.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import { blankAlong } from "../along.ts";
import type { MethodCall } from "../effect.ts";

/** Rows of their own, made of the old ones: `melt`, `pivot_table`. */
export function reshapeRows({ program, value, name, args, call }: MethodCall): Value {
  const reshaped = {
    ...derived(program, [value]),
    frame: unordered(value.frame),
    rows: allOf(`reshaped:${call.at.cell}:${call.at.from}`),
  };
  // The rows that one became are alike.
  if (name === "explode") return withMark(reshaped, markOf("resample", name, call.at, reshaped.rows));
  if (name !== "pivot_table") return reshaped;
  const of = constantArgument(args, 0, "values");
  const groups = ["index", "columns"].flatMap(
    (side, at) => textsOf(argument(args, at + 1, side), program.store.read) ?? [],
  );
  const mark = markOf("statistic", name, call.at, value.rows);
  return withMark(reshaped, {
    ...mark,
    of: typeof of === "string" ? of : null,
    along: { ...blankAlong, frame: value.frame, groups },
  });
}

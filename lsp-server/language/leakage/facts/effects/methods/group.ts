import { argument, constantArgument, textsOf } from "../../calls/arguments.ts";
import { noFrame } from "../../values/traits.ts";
import type { Passed, Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** `frame.groupby(keys)`. */
export function group({ program, value, name, args, call }: MethodCall): Value {
  const keys = textsOf(argument(args, 0, "by", "rule"), program.store.read);
  if (keys)
    program.facts.groupings.set(`${call.at.cell}:${call.at.from}`, { at: call.at, keys, rows: value.rows });
  const frame = value.frame ?? noFrame;
  // Only rows in time can be resampled.
  const index = name === "resample" ? { column: columnOfTime(args), isTime: true, at: call.at } : frame.index;
  return { ...value, kind: "grouped", path: null, frame: { ...frame, index, isOneRowPer: keys } };
}

/** `resample("D", on="seen")`; null for the index. */
function columnOfTime(args: readonly Passed[]): string | null {
  const on = constantArgument(args, -1, "on");
  return typeof on === "string" ? on : null;
}

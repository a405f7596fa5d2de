import { argument, constantArgument, textsOf } from "../../calls/arguments.ts";
import { type FrameFacts, noFrame } from "../../values/frame-facts.ts";
import { asGroups } from "../../values/kinds.ts";
import type { Passed, Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** `frame.groupby(keys)`. */
export function group(of: MethodCall): Value {
  const { program, value, name, args, call } = of;
  const keys = textsOf(argument(args, 0, "by", "rule"), program.store.read);
  if (keys)
    program.facts.groupings.set(`${call.at.cell}:${call.at.from}`, { at: call.at, keys, rows: value.rows });
  const frame = name === "resample" ? resampled(of) : (value.frame ?? noFrame);
  return { ...asGroups(value), frame: { ...frame, isOneRowPer: keys } };
}

/** Only rows in time can be resampled; each row then stands at the beginning of what it sums up, of weeks and longer at the end. */
function resampled({ value, args, call: { at } }: MethodCall): FrameFacts {
  const label = constantArgument(args, -1, "label");
  const rule = String(constantArgument(args, 0, "rule") ?? "");
  const isLabelledRight = label === undefined ? /^\d*(B?[MQYA]E?|W)(-\w+)?$/.test(rule) : label === "right";
  const index = { column: columnOfTime(args), isTime: true, at };
  return { ...(value.frame ?? noFrame), index, bars: { isLabelledRight, at } };
}

/** `resample("D", on="seen")`; null for the index. */
function columnOfTime(args: readonly Passed[]): string | null {
  const on = constantArgument(args, -1, "on");
  return typeof on === "string" ? on : null;
}

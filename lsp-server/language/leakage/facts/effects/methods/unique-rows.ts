import { argument, constantArgument, textsOf } from "../../calls/arguments.ts";
import { type FrameFacts, noFrame } from "../../values/frame-facts.ts";
import { timeOrderOf } from "../../values/time-order.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** One row for each of what its columns hold. */
export function uniqueRows({ program, value, args, call }: MethodCall): Value {
  const subset = textsOf(argument(args, 0, "subset"), program.store.read);
  const keep = constantArgument(args, -1, "keep") ?? "first";
  const latest = latestOf(value.frame, keep === "last" ? "last" : keep === "first" ? "first" : null, call.at);
  return { ...value, frame: { ...(value.frame ?? noFrame), isOneRowPer: subset, latest } };
}

/** Whether the first or the last row of each key, in the order they stand in, is the latest. */
export function latestOf(
  frame: FrameFacts | null,
  kept: "first" | "last" | null,
  at: MethodCall["call"]["at"],
): FrameFacts["latest"] {
  const order = timeOrderOf(frame);
  if (!order || kept === null) return null;
  return (kept === "last") === order.isDescending ? null : { column: order.by, at };
}

import { constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import { withMark } from "../../values/traits.ts";
import type { Passed, Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** Values of earlier rows of the same group beside each, or of later ones. */
export function lag({ value, name, args, call }: MethodCall): Value {
  return { ...behind(value, name, args, call), kind: "data", path: null };
}

/** A window over earlier rows of the same group opens. */
export function window({ value, name, args, call }: MethodCall): Value {
  return { ...behind(value, name, args, call), kind: "grouped", path: "window" };
}

function behind(value: Value, name: string, args: readonly Passed[], call: MethodCall["call"]): Value {
  const periods = constantArgument(args, 0, "periods");
  const isAhead = typeof periods === "number" && periods < 0;
  return withMark(value, markOf(isAhead ? "ahead" : "lag", name, call.at, value.rows));
}

import { constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import { withMark } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** The same rows, with values of later ones: `bfill`, `interpolate`. */
export function ahead({ value, name, args, call }: MethodCall): Value {
  const how = constantArgument(args, 0, "method");
  return how === "pad" || how === "ffill"
    ? value
    : withMark(value, markOf("ahead", name, call.at, value.rows));
}

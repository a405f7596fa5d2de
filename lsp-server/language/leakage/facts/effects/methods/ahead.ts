import { constantArgument } from "../../calls/arguments.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { filled, type Way } from "../filled.ts";

/** The same rows, with values of later ones: `bfill`, `interpolate`. */
export function ahead(of: MethodCall): Value {
  return filled(of.value, of, wayOf(of));
}

/** Which way missing values are filled by a method that looks ahead unless it is told otherwise. */
export function wayOf({ args }: Pick<MethodCall, "args">): Way {
  const how = constantArgument(args, 0, "method");
  if (how === "pad" || how === "ffill") return "forward";
  const isOutside = constantArgument(args, -1, "limit_area") === "outside";
  const direction = constantArgument(args, -1, "limit_direction") ?? "forward";
  return isOutside && direction === "forward" ? "forward" : "backward";
}

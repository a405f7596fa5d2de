import { constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import { withMark } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** Values of earlier rows beside each, or of later ones: `shift`, `diff`, `pct_change`. */
export function lag({ value, name, args, call }: MethodCall): Value {
  const periods = constantArgument(args, 0, "periods", "n") ?? 1;
  const isCentered = constantArgument(args, -1, "center") === true;
  const isAhead = isCentered || (typeof periods === "number" && periods < 0);
  return withMark(value, markOf(isAhead ? "ahead" : "lag", name, call.at, value.rows));
}

/** A window over earlier rows opens: `rolling`, `expanding`, `ewm`. */
export function window(of: MethodCall): Value {
  return { ...lag(of), kind: "grouped", path: "window" };
}

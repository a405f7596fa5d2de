import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { besideMark } from "../methods/lag.ts";

/** Values of earlier rows of the same group beside each, or of later ones. */
export function lag(of: MethodCall): Value {
  return { ...withMark(of.value, besideMark(of)), kind: "data", path: null };
}

/** A window over earlier rows of the same group opens. */
export function window(of: MethodCall): Value {
  return { ...withMark(of.value, besideMark(of)), kind: "grouped", path: "window" };
}

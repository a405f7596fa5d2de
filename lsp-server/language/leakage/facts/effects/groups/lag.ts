import { asData, asGroups } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { besideMark } from "../methods/lag.ts";

/** Values of earlier rows of the same group beside each, or of later ones. */
export function lag(of: MethodCall): Value {
  return asData(withMark(of.value, besideMark(of)));
}

/** A window over earlier rows of the same group opens. */
export function window(of: MethodCall): Value {
  return asGroups(withMark(of.value, besideMark(of)), true);
}

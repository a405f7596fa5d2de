import { asData } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { filled } from "../filled.ts";
import { wayOf } from "../methods/ahead.ts";

/** The rows, with values of later ones of the same group. */
export function ahead(of: MethodCall): Value {
  return asData(filled(of.value, of, wayOf(of)));
}

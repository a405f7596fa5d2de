import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { learnedOf } from "./learned-of.ts";

/** A statistic of the group, beside each of its rows. */
export function transform(of: MethodCall): Value {
  return { ...of.value, kind: "data", columns: null, rest: learnedOf(of) };
}

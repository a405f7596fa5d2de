import { markOf } from "../../values/learn.ts";
import { withMark } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** The rows, with values of later ones of the same group. */
export function ahead({ value, name, call }: MethodCall): Value {
  return { ...withMark(value, markOf("ahead", name, call.at, value.rows)), kind: "data" };
}

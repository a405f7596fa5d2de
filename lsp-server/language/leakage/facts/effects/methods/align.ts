import { listOf } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { withoutMarks } from "../../values/value-traits.ts";
import { firstOf, type MethodCall } from "../effect.ts";

/** The same rows under one set of columns: both tables come back. */
export function align({ program, value, args }: MethodCall): Value {
  const { store } = program;
  const other = firstOf(args);
  return other ? listOf([value, other].map((one) => store.allocate(withoutMarks(one, "dummies")))) : value;
}

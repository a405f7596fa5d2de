import { applied } from "../../calls/apply-callback.ts";
import type { Value } from "../../values/value.ts";
import { historyOf, isAcross, type MethodCall } from "../effect.ts";

/** `frame.apply(f)`, `column.map(f)`, `frame.agg("mean")`, `frame.pipe(f)`. */
export function apply(of: MethodCall): Value {
  const { program, value, name, args, call } = of;
  return applied(program, value, name, args, isAcross(of), historyOf(program, args), call);
}

import { constantOf } from "../../values/kinds.ts";
import { limited, positionCut } from "../../values/rows.ts";
import type { Value } from "../../values/value.ts";
import { firstOf, type MethodCall } from "../effect.ts";

/** The first rows. */
export function head({ value, args }: MethodCall): Value {
  const count = constantOf(firstOf(args)) ?? "5";
  return value.rows && args.length > 0
    ? {
        ...value,
        rows: limited(value.rows, { cut: positionCut(value.rows), side: "low", bound: String(count) }),
      }
    : value;
}

/** The last rows. */
export function tail({ value, args }: MethodCall): Value {
  const count = constantOf(firstOf(args)) ?? "5";
  return value.rows && args.length > 0
    ? {
        ...value,
        rows: limited(value.rows, { cut: positionCut(value.rows), side: "high", bound: `-${count}` }),
      }
    : value;
}

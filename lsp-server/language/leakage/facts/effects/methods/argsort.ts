import { inForm } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** The order of the rows; the order of an order is the rank. */
export function argsort(of: MethodCall): Value {
  const { value, name, call } = of;
  return keeping(of, (kept) =>
    value.form === "ranked" && value.rows
      ? withMark(kept, markOf("statistic", name, call.at, value.rows))
      : inForm(kept, "ranked"),
  );
}

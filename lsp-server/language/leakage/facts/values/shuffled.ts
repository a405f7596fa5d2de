import type { Place } from "../../ir.ts";
import { type Rows, reordered } from "./rows.ts";
import { unordered } from "./time-order.ts";
import type { Value } from "./value.ts";

/** The same rows in an order that chance drew. */
export function shuffled<V extends Value>(value: V, at: Place): V {
  return {
    ...value,
    rows: value.rows && reordered(value.rows, `${drawn}${at.cell}:${at.from}`),
    frame: unordered(value.frame),
  };
}

/** Begins the order of rows that stand as chance drew them. */
export const drawn = "drawn ";

/** Whether rows stand in an order that chance drew. */
export function isShuffled({ order }: Rows): boolean {
  return order.replaceAll(/^(turned around )+/g, "").startsWith(drawn);
}

import { noteFilter } from "../../expressions/note-filter.ts";
import { cutJoins } from "../../values/cut-joins.ts";
import { limitedBy } from "../../values/rows.ts";
import type { Value } from "../../values/value.ts";
import { firstOf, type MethodCall } from "../effect.ts";

/** The rows that a mask lets through; any other filter keeps what it is called on. */
export function filter({ program, value, args, call }: MethodCall): Value {
  const mask = firstOf(args);
  if (mask?.kind === "mask" && value.rows)
    noteFilter(program, mask.limits, call.at, { learned: mask.learned, table: value });
  return mask?.kind === "mask" && value.rows
    ? cutJoins({ ...value, rows: limitedBy(value.rows, mask.limits) }, mask.limits)
    : value;
}

import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { rowsOfValue } from "../values/data-of.ts";
import { derived } from "../values/derive.ts";
import { markOf } from "../values/learn.ts";
import { unionTraits } from "../values/traits.ts";
import type { Value } from "../values/value.ts";
import { allTraits } from "../values/value-traits.ts";
import { statistic } from "./answers.ts";

/** `left @ right`: whatever stands on the right is summed over its rows. */
export function productOf(program: Program, left: Value, right: Value, label: string, at: Place): Value {
  const { read } = program.store;
  const rows = rowsOfValue(right, read);
  const others = rowsOfValue(left, read);
  // Numbers from nowhere are weights: each row is summed with them.
  const isWeights =
    others !== null &&
    rows?.tables.every((table) => table.startsWith("call:") && !others.tables.includes(table));
  if (rows === null || isWeights) return derived(program, [left, right]);
  const both = unionTraits(allTraits(left, read), allTraits(right, read));
  return statistic(both, markOf("statistic", label, at, rows));
}

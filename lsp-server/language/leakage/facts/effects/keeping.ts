import { groupEffect } from "../../api/known.ts";
import { derived } from "../values/derive.ts";
import { noTraits } from "../values/traits.ts";
import type { Value } from "../values/value.ts";
import { withTraits } from "../values/value-traits.ts";
import { historyOf, type MethodCall } from "./effect.ts";

/**
 * What most methods do: keep the rows they are called on, and add their arguments' history; then what `change` makes of that. A module, or an
 * object of a class, has no rows: its answer is made of the arguments.
 */
export function keeping(of: MethodCall, change: (kept: Value) => Value = (kept) => kept): Value {
  const { program, value, name, args } = of;
  const values = args.map((arg) => arg.value);
  if (value.kind === "name" || value.kind === "object") return derived(program, values);
  if (groupEffect(name) === "answer" && value.rows === null) return value;
  // `known.isin(other)` and the like read the other side only to compare.
  const kept = value.rows === null && values[0]?.rows ? derived(program, [value, ...values]) : value;
  const { marks } = historyOf(program, args);
  return change(withTraits(kept, { marks, columns: noTraits.columns }));
}

import { scalar } from "../../values/kinds.ts";
import { shuffled } from "../../values/shuffled.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** `rng.shuffle(rows)`, where they are; `rng.permutation(rows)`, `column.shuffle()`: a copy in another order. */
export function shuffle({ program, value, name, args: [first], call }: MethodCall): Value {
  if (!first?.value.rows) return shuffled(value, call.at);
  const other = shuffled(first.value, call.at);
  if (name !== "shuffle") return { ...other, owner: null };
  program.store.write(first.reference, other);
  return scalar(null);
}

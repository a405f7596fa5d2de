import { scalar, unknown } from "../../values/kinds.ts";
import { allOf } from "../../values/rows.ts";
import { shuffled } from "../../values/shuffled.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** `rng.shuffle(rows)`, where they are; `rng.permutation(rows)`, `column.shuffle()`: a copy in another order. */
export function shuffle({ program, value, name, args: [first], call }: MethodCall): Value {
  // Of a number, the places up to it.
  if (first?.value.kind === "scalar" && name !== "shuffle")
    return shuffled(
      { ...unknown, rows: first.value.counts ?? allOf(`places:${call.at.cell}:${call.at.from}`) },
      call.at,
    );
  if (!first?.value.rows) return shuffled(value, call.at);
  const other = shuffled(first.value, call.at);
  if (name !== "shuffle") return { ...other, owner: null };
  program.store.write(first.reference, other);
  return scalar(null);
}

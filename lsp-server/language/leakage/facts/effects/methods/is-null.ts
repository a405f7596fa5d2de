import { asMask } from "../../values/kinds.ts";
import { noColumns } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { mapTraits } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** A mask of the rows where a column has no value. */
export function isNull(of: MethodCall): Value {
  return keeping(of, (kept) => nullMask(of, kept, "yes"));
}

/** A mask of the rows where it has one. */
export function notNull(of: MethodCall): Value {
  return keeping(of, (kept) => nullMask(of, kept, "no"));
}

function nullMask({ value: { column } }: MethodCall, kept: Value, side: "yes" | "no"): Value {
  const limit = { cut: `is:${column ?? "?"}=null`, side, bound: "" };
  // That there is a value says nothing of which.
  const mask = mapTraits(kept, ({ marks }) => ({ marks, columns: noColumns }));
  return asMask(mask, column === null ? [] : [limit]);
}

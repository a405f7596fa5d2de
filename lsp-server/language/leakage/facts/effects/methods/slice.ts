import { boundOf } from "../../expressions/masks.ts";
import { constantOf } from "../../values/kinds.ts";
import { limitedBy, positionCut } from "../../values/rows.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** Polars' `frame.slice(offset, length)`: rows from a place on, as many as are wanted. */
export function slice({ program, value, args }: MethodCall): Value {
  const [offset, length] = args;
  // Of a column of pandas it cuts texts.
  const isOfTexts = value.column !== null && !program.facts.imports.has("polars");
  if (!value.rows || !offset || isOfTexts) return value;
  const cut = positionCut(value.rows);
  const isFromStart = constantOf(offset.value) === 0;
  // How many rows follow an offset says where they end only with the offset.
  const limits = isFromStart
    ? length
      ? [{ cut, side: "low", bound: boundOf(program, length.expression) }]
      : []
    : [{ cut, side: "high", bound: boundOf(program, offset.expression) }];
  return { ...value, rows: limitedBy(value.rows, limits), owner: null };
}

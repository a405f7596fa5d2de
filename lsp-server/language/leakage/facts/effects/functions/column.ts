import { expressionRows } from "../../values/rows.ts";
import { columnTraits, unknown } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** An expression that names a column of a frame it meets later (polars). */
export function column({ program, args }: FunctionCall): Reference {
  const name = firstOf(args)?.constant;
  return program.store.allocate(
    typeof name === "string"
      ? { ...unknown, rows: expressionRows, rest: columnTraits(name), column: name }
      : { ...unknown, rows: expressionRows },
  );
}

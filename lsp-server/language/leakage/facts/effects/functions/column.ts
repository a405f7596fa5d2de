import { constantOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { expressionRows } from "../../values/rows.ts";
import { columnTraits } from "../../values/traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** An expression that names a column of a frame it meets later (polars). */
export function column({ program, name: called, args }: FunctionCall): Reference {
  const name = constantOf(firstOf(args));
  // `pl.exclude("a")` is every other; `pl.col("^a.*$")` and `pl.col("a", "b")` are several.
  const isOne = called !== "exclude" && args.length === 1 && !/^\^.*\$$/.test(String(name));
  return program.store.allocate(
    typeof name === "string" && isOne
      ? { ...unknown, rows: expressionRows, rest: columnTraits(name), column: name }
      : { ...unknown, rows: expressionRows },
  );
}

import { constantArgument } from "../../calls/arguments.ts";
import { expressionRows } from "../../values/rows.ts";
import { noColumns } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** The same columns, each name with more before or behind it: `frame.add_suffix("_x")`, polars' `expression.name.suffix("_x")`. */
export function affix({ value, name, args }: MethodCall): Value {
  const added = constantArgument(args, 0, "prefix", "suffix");
  if (typeof added !== "string")
    return { ...value, columns: null, isClosed: false, column: null, gone: null };
  const renamed = (column: string) => (name.endsWith("prefix") ? added + column : column + added);
  const isExpression = value.rows?.key === expressionRows.key;
  return {
    ...value,
    columns:
      value.columns && new Map([...value.columns].map(([column, traits]) => [renamed(column), traits])),
    // What pandas adds to a column is added to the names of its rows.
    column: value.column === null || !isExpression ? value.column : renamed(value.column),
    gone: value.isClosed ? noColumns : null,
  };
}

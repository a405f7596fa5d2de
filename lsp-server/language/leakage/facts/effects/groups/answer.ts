import { markOf } from "../../values/learn.ts";
import { allOf } from "../../values/rows.ts";
import { marked, noFrame } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** One row per group: rows of their own, carrying what was learned from the others. */
export function answer({ value, name, call }: MethodCall): Value {
  const mark = { ...markOf("statistic", name, call.at, value.rows), of: value.column };
  return {
    ...value,
    kind: "data",
    path: null,
    rows: allOf(`groups:${call.at.cell}:${call.at.from}`),
    columns:
      value.columns && new Map([...value.columns].map(([column, traits]) => [column, marked(traits, mark)])),
    rest: marked(value.rest, mark),
    frame: { ...(value.frame ?? noFrame), isOneRowPer: value.frame?.isOneRowPer ?? [] },
  };
}

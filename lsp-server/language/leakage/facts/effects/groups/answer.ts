import { noFrame } from "../../values/frame-facts.ts";
import { asData } from "../../values/kinds.ts";
import { allOf } from "../../values/rows.ts";
import { marked } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { alongMark } from "../along.ts";
import type { MethodCall } from "../effect.ts";
import { latestOf } from "../methods/unique-rows.ts";

/** One row per group: rows of their own, carrying what was learned from the others. */
export function answer(of: MethodCall): Value {
  const { value, name, call } = of;
  const latest = name === "first" || name === "last" ? latestOf(value.frame, name, call.at) : null;
  const mark = alongMark("statistic", of);
  return {
    ...asData(value),
    rows: allOf(`groups:${call.at.cell}:${call.at.from}`),
    columns:
      value.columns && new Map([...value.columns].map(([column, traits]) => [column, marked(traits, mark)])),
    rest: marked(value.rest, mark),
    frame: { ...(value.frame ?? noFrame), isOneRowPer: value.frame?.isOneRowPer ?? [], latest },
  };
}

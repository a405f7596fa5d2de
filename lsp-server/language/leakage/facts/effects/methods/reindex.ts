import { argument, constantArgument } from "../../calls/arguments.ts";
import { noFrame } from "../../values/frame-facts.ts";
import { reordered } from "../../values/rows.ts";
import { isShuffled } from "../../values/shuffled.ts";
import { timeOrderOf, unordered } from "../../values/time-order.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { fill } from "./fill.ts";

/** `frame.reindex(labels)`: its rows in the order of the labels; of moments that is time's. */
export function reindex(of: MethodCall): Value {
  const { program, name, args, call } = of;
  const kept = fill(of);
  const axis = constantArgument(args, -1, "axis");
  const isOfColumns = axis === 1 || axis === "columns";
  const labels = isOfColumns
    ? null
    : argument(args, argument(args, -1, "columns") ? -1 : 0, "index", "labels", "other");
  if (!labels) return kept;
  const { value, expression } = labels;
  const isByChance = value.rows !== null && isShuffled(value.rows);
  const order = isByChance ? value.rows.order : `reindexed ${program.textOf(expression.at)}`;
  const rows = kept.rows && reordered(kept.rows, order);
  if (value.form === "moments") {
    const index = { column: kept.frame?.index?.column ?? null, isTime: true, at: call.at };
    return { ...kept, rows, frame: { ...(kept.frame ?? noFrame), sortedBy: null, index } };
  }
  const isAlike = name === "reindex_like" && timeOrderOf(value.frame) !== null;
  const { sortedBy, index } = (isAlike ? value.frame : null) ?? noFrame;
  return {
    ...kept,
    rows,
    frame: isAlike ? { ...(kept.frame ?? noFrame), sortedBy, index } : unordered(kept.frame),
  };
}

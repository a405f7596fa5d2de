import { argument, textsOf } from "../../calls/arguments.ts";
import { formulaOf } from "../../calls/tables-in-text.ts";
import { boundOfName, heldBounds } from "../../expressions/masks.ts";
import { noteFilter } from "../../expressions/note-filter.ts";
import { cutJoinsIn } from "../../values/cut-joins.ts";
import { filterKey } from "../../values/filter.ts";
import { noFrame } from "../../values/frame-facts.ts";
import { constantOf } from "../../values/kinds.ts";
import { type Limit, limited } from "../../values/rows.ts";
import { isTimeColumn } from "../../values/time-order.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** Some of the rows: by a comparison that is written out, or nobody knows which. */
export function someRows(of: MethodCall): Value {
  const { program, value, name, args, call } = of;
  const { at } = call;
  if (value.rows === null) return { ...value };
  const compared = name === "query" ? comparedIn(of) : null;
  const unknown = { cut: `${name}:${at.cell}:${at.from}`, side: "yes", bound: "" };
  const named = formulaOf(program, name, args)?.named ?? [];
  const isOfTime = compared !== null && isTimeColumn(value.frame ?? noFrame, compared.column);
  const learned = isOfTime ? [] : heldBounds(program, ...named);
  if (compared || learned.length > 0)
    noteFilter(program, [compared?.limit ?? unknown], at, { learned, table: value });
  const known = name === "dropna" ? textsOf(argument(args, -1, "subset"), program.store.read) : null;
  if (known)
    program.facts.filters.set(filterKey(unknown), {
      at,
      columns: known,
      how: "known",
      bound: "",
      learned: [],
    });
  const some: Value = { ...value, rows: limited(value.rows, compared?.limit ?? unknown) };
  const text = constantOf(args[0]?.value);
  return name === "query" && typeof text === "string" ? cutJoinsIn(some, text) : some;
}

/** `frame.query("day < '2024-01-01'")` cuts as `frame[frame["day"] < "2024-01-01"]` does; null for more than one comparison. */
function comparedIn({ program, args }: MethodCall): { limit: Limit; column: string } | null {
  const text = constantOf(args[0]?.value);
  const found =
    typeof text === "string"
      ? /^\s*(\w+)\s*(<=?|>=?)\s*(@\w+|"[^"]*"|'[^']*'|-?[\d.]+)\s*$/.exec(text)
      : null;
  if (!found) return null;
  const [, column = "", operator = "", right = ""] = found;
  const name = right.startsWith("@") ? right.slice(1) : null;
  const bound = name === null ? right.replace(/^["']|["']$/g, "") : boundOfName(program, name);
  return { limit: { cut: `by:${column}`, side: operator.startsWith("<") ? "low" : "high", bound }, column };
}

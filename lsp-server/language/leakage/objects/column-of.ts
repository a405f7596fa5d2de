import type { Expression } from "../ir.ts";
import { isPicking } from "./picking.ts";
import type { Scope } from "./scope.ts";
import type { Thing } from "./thing.ts";
import { isViewing } from "./viewing.ts";

/**
 * The one column of a table that is written, or asked: of `table["a"]`, `table.a`, `table.loc[rows, "a"]`, `table["a"][rows]`. Null where it may
 * be any, or where the name may stand for something else than a whole table.
 */
export function columnOf(target: Expression, scope: Scope<Thing>): string | null {
  const said = saidOf(target);
  if (said === null) return null;
  const things = [...(scope.of(said.table) ?? [])];
  const isTable =
    things.length === 1 && things.every((one) => one.kind === "library" && !one.isView && !one.isHolder);
  return isTable ? said.column : null;
}

function saidOf(target: Expression): { readonly table: string; readonly column: string } | null {
  if (target.op === "attribute") {
    if (target.of.op !== "name") return saidOf(target.of);
    return isViewing(target.name) || isOfNames(target)
      ? null
      : { table: target.of.name, column: target.name };
  }
  if (target.op !== "index") return null;
  const { of, index } = target;
  if (of.op === "attribute" && of.of.op === "name" && of.name === "loc") {
    const [rows, column] = index.op === "tuple" ? index.items : [];
    // Another label would be another row.
    const isOfRows = rows !== undefined && (rows.op === "slice" || isPicking(rows));
    const text = column && isOfRows ? textOf(column) : null;
    return text === null ? null : { table: of.of.name, column: text };
  }
  if (of.op !== "name") return saidOf(of);
  const text = textOf(index);
  return text === null ? null : { table: of.name, column: text };
}

function textOf(one: Expression): string | null {
  return one.op === "constant" && typeof one.value === "string" ? one.value : null;
}

/** `table.columns`, `series.name`: what parts are called, and none of them. */
export function isOfNames(target: Expression): boolean {
  return target.op === "attribute" && names.has(target.name);
}

const names: ReadonlySet<string> = new Set([
  "attrs",
  "columns",
  "dtype",
  "flags",
  "index",
  "name",
  "names",
  "shape",
]);

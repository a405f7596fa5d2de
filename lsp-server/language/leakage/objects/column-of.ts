import type { Expression } from "../ir.ts";
import { isViewing } from "./viewing.ts";

/** The one column that is written, or asked: of `table["a"]`, `table.a`, `table.loc[rows, "a"]`, `table["a"][rows]`. Null where it may be any. */
export function columnOf(target: Expression): string | null {
  if (target.op === "attribute") {
    if (target.of.op === "name") return isViewing(target.name) ? null : target.name;
    return columnOf(target.of);
  }
  if (target.op !== "index") return null;
  const { of, index } = target;
  if (of.op === "attribute" && of.of.op === "name" && of.name === "loc") {
    const [, column] = index.op === "tuple" ? index.items : [];
    return column ? textOf(column) : null;
  }
  return of.op === "name" ? textOf(index) : columnOf(of);
}

function textOf(one: Expression): string | null {
  return one.op === "constant" && typeof one.value === "string" ? one.value : null;
}

import { constantOf, unknown } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { traitsOfColumn } from "../../values/value-traits.ts";
import { firstOf, type MethodCall } from "../effect.ts";
import { without } from "../without.ts";

/** `frame.pop("c")`: the column, gone from the frame. */
export function pop({ program, owner, value, args }: MethodCall): Value {
  const name = constantOf(firstOf(args));
  const column = typeof name === "string" ? name : null;
  if (column === null) return value;
  program.store.write(owner, without(value, [column]));
  return { ...unknown, rows: value.rows, rest: traitsOfColumn(value, column), column, frame: value.frame };
}

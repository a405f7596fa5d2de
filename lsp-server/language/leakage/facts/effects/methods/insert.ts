import { argument, constantArgument } from "../../calls/arguments.ts";
import { setColumn } from "../../expressions/bind-target.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** `frame.insert(0, "c", values)`. */
export function insert({ program, owner, value, args }: MethodCall): Value {
  const column = constantArgument(args, 1, "column");
  const added = argument(args, 2, "value");
  if (typeof column === "string" && added) setColumn(program, owner, column, added.value);
  return value;
}

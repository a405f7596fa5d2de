import { limited } from "../../values/rows.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** Some of the rows, nobody knows which. */
export function someRows({ value, name, call }: MethodCall): Value {
  const { at } = call;
  if (value.rows === null) return { ...value };
  return {
    ...value,
    rows: limited(value.rows, { cut: `${name}:${at.cell}:${at.from}`, side: "yes", bound: "" }),
  };
}

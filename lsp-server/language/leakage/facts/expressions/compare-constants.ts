import type { Program } from "../program.ts";
import { constantOf } from "../values/kinds.ts";
import type { Constant, Value } from "../values/value.ts";

/** What a comparison of values that are written out comes to, as a list of columns is filtered by; undefined where that is not known. */
export function compareConstants(
  { store }: Program,
  operator: string,
  left: Value,
  right: Value,
): boolean | undefined {
  if (!isWritten(left)) return undefined;
  if (operator === "==" || operator === "!=")
    return isWritten(right) ? (constantOf(left) === constantOf(right)) === (operator === "==") : undefined;
  if (operator !== "in" && operator !== "not in") return undefined;
  const isAmong = among(constantOf(left), right, right.items?.map(store.read) ?? null);
  return isAmong === undefined ? undefined : isAmong === (operator === "in");
}

function among(constant: Constant, right: Value, items: readonly Value[] | null): boolean | undefined {
  const text = constantOf(right);
  if (typeof text === "string") return typeof constant === "string" ? text.includes(constant) : undefined;
  if (items === null || right.gone === null || !items.every(isWritten)) return undefined;
  return items.some((item) => constantOf(item) === constant);
}

function isWritten(value: Value): boolean {
  return constantOf(value) !== undefined;
}

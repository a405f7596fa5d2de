import type { Program } from "../program.ts";
import type { Value } from "../values/value.ts";

/** What a comparison of values that are written out comes to, as a list of columns is filtered by; undefined where that is not known. */
export function compareConstants(
  { store }: Program,
  operator: string,
  left: Value,
  right: Value,
): boolean | undefined {
  if (!isWritten(left)) return undefined;
  if (operator === "==" || operator === "!=")
    return isWritten(right) ? (left.constant === right.constant) === (operator === "==") : undefined;
  if (operator !== "in" && operator !== "not in") return undefined;
  const isAmong = among(left.constant, right, right.items?.map(store.read) ?? null);
  return isAmong === undefined ? undefined : isAmong === (operator === "in");
}

function among(
  constant: Value["constant"],
  right: Value,
  items: readonly Value[] | null,
): boolean | undefined {
  if (typeof right.constant === "string")
    return typeof constant === "string" ? right.constant.includes(constant) : undefined;
  if (items === null || right.gone === null || !items.every(isWritten)) return undefined;
  return items.some((item) => item.constant === constant);
}

function isWritten({ kind, constant }: Value): boolean {
  return kind === "scalar" && constant !== undefined;
}

import type { Value } from "../values/value.ts";

/** A frame without some of its columns. */
export function without(value: Value, names: readonly string[]): Value {
  if (!value.columns) return value;
  return { ...value, columns: new Map([...value.columns].filter(([name]) => !names.includes(name))) };
}

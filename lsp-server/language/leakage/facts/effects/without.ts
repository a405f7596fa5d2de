import type { Value } from "../values/value.ts";

/** A frame without some of its columns. */
export function without(value: Value, names: readonly string[]): Value {
  return {
    ...value,
    columns: value.columns && new Map([...value.columns].filter(([name]) => !names.includes(name))),
    gone: value.gone && new Set([...value.gone, ...names]),
  };
}

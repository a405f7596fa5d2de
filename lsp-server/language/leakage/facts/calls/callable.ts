import type { Value } from "../values/value.ts";

/** Whether a value is something to call, rather than data. */
export function isCallable(value: Value): boolean {
  return (
    value.code !== null ||
    value.callable !== null ||
    value.kind === "name" ||
    (value.path !== null && value.rows?.key === `name:${value.path}`)
  );
}

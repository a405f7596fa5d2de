import { kindOf } from "../../features/files/column-kind.ts";
import type { ColumnSchema } from "../resolve/column-schema.ts";
import { quoteName } from "./quote-name.ts";

/** How a relation holds its times: as the file's own types, or already as BIGINT microseconds (DATE as its midnight). */
export type TimeForm = "typed" | "microseconds";

/**
 * A time column as BIGINT microseconds since the epoch, UTC. Rounds so that nothing becomes visible too early: the
 * moment of prediction down, a feature's time up. A DATE is its first instant as a moment of prediction, and the next
 * midnight as a feature's time. Specified in point-in-time.md, section 1.
 */
export function timeExpression(column: ColumnSchema, role: "spine" | "view", form: TimeForm): string {
  const name = quoteName(column.name);
  const isDate = kindOf(column.type) === "date";
  const microseconds = form === "microseconds" ? name : typedMicroseconds(column, role, name);
  return isDate && role === "view" ? `${microseconds} + 86400000000` : microseconds;
}

function typedMicroseconds(column: ColumnSchema, role: "spine" | "view", name: string): string {
  switch (column.type.toUpperCase()) {
    case "TIMESTAMP":
    case "TIMESTAMP WITH TIME ZONE":
      return `epoch_us(${name})`;
    case "TIMESTAMP_NS": {
      const remainder = `((epoch_ns(${name}) % 1000) + 1000) % 1000`;
      const down = `(epoch_ns(${name}) - ${remainder}) // 1000`;
      return role === "spine" ? down : `${down} + CASE WHEN ${remainder} > 0 THEN 1 ELSE 0 END`;
    }
    default:
      return `epoch_us(CAST(${name} AS TIMESTAMP))`;
  }
}

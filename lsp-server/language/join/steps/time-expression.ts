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
  const microseconds =
    form === "microseconds" ? name : asMicroseconds(microsecondsByType(column.name, role), column.type);
  return isDate && role === "view" ? `${microseconds} + 86400000000` : microseconds;
}

/**
 * A column as BIGINT microseconds, by the type that the engine which loads its file gives it; `""` is for any other. Finer times are
 * rounded as `timeExpression` says, dates are their midnight.
 */
export function microsecondsByType(column: string, role: "spine" | "view"): Readonly<Record<string, string>> {
  const name = quoteName(column);
  const remainder = `((epoch_ns(${name}) % 1000) + 1000) % 1000`;
  const down = `(epoch_ns(${name}) - ${remainder}) // 1000`;
  return {
    TIMESTAMP: `epoch_us(${name})`,
    "TIMESTAMP WITH TIME ZONE": `epoch_us(${name})`,
    TIMESTAMP_NS: role === "spine" ? down : `${down} + CASE WHEN ${remainder} > 0 THEN 1 ELSE 0 END`,
    "": `epoch_us(CAST(${name} AS TIMESTAMP))`,
  };
}

/** Of `microsecondsByType`, what reads this type. */
export function asMicroseconds(byType: Readonly<Record<string, string>>, type: string): string {
  return byType[type.toUpperCase()] ?? byType[""]!;
}

import type { CellValue } from "../../../features/cell.ts";
import type { Rows } from "../model.ts";

/** Rows as the columns that a worker takes; NaN is a missing value. What JSON else has no number for is its text, where the worker reads a number. */
export function columnsOf(width: number, rows: Rows): unknown[][] {
  return Array.from({ length: width }, (_, at) => rows.map((row) => told(row[at] ?? null)));
}

function told(value: CellValue): string | number | boolean | null {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "number") return value;
  if (Number.isNaN(value)) return null;
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0.0" : value;
}

import { kindOf } from "../../features/files/column-kind.ts";
import type { Place } from "../../features/model.ts";
import { type ColumnSchema, findColumn, twinsOf } from "./column-schema.ts";

/** Hears why a training set cannot be compiled. */
export type Report = (code: string, message: string, advice: string, place?: Place | null) => void;

/** The column as a time; reported when it is missing or is not one. */
export function timeColumn(
  columns: readonly ColumnSchema[],
  name: string,
  path: string,
  report: Report,
  place: Place | null = null,
): ColumnSchema | null {
  if (refuseTwins(columns, name, path, report, place)) return null;
  const column = findColumn(columns, name);
  if (!column) {
    report("join/no-column", `${path} has no column ${name}.`, columnsAdvice(columns), place);
    return null;
  }
  const kind = kindOf(column.type);
  if (kind === "timestamp" || kind === "date") return column;
  report(
    "join/not-a-time",
    `The column ${name} of ${path} holds ${column.type}, not a time.`,
    "Store it as a timestamp; a number does not say its unit.",
    place,
  );
  return null;
}

export function columnsAdvice(columns: readonly ColumnSchema[]): string {
  return `It has ${columns.map((column) => column.name).join(", ")}.`;
}

/** Reports a column that has a twin, of which DuckDB would read one for the other. */
export function refuseTwins(
  columns: readonly ColumnSchema[],
  name: string,
  path: string,
  report: Report,
  place: Place | null,
): boolean {
  const twins = twinsOf(columns, name);
  if (twins === null) return false;
  const message = `${path} has columns that differ at most in case, ${twins.join(" and ")}; one would be read for the other.`;
  report("join/column-twins", message, "Rename one of them in the file.", place);
  return true;
}

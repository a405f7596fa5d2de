import type { Schema } from "../program.ts";
import type { TimeColumn } from "./frame-facts.ts";

/** Columns of a file that hold moments: by their type. A DATE counts. */
export function timeColumnsOf(schema: Schema | null): readonly TimeColumn[] {
  if (!schema) return [];
  return Object.entries(schema.types)
    .filter(([, type]) => /timestamp|date|datetime/i.test(type))
    .map(([name]) => ({ name, basis: "type" as const }));
}

/** Whether a name says that the column holds moments. */
export function isTimeName(name: string): boolean {
  return (
    /(^|_)(date|datetime|timestamp|ts|time|day|dt|month_start)$|^(date|time|timestamp)(_|$)|_at$|time_hour$|(Date|Time|Timestamp)$/.test(
      name,
    ) &&
    !/(^|_)birth/i.test(name) &&
    !/(^|_)(run|life|up|air|down|over|full|part|dep|arr|lead|wait|total|elapsed|response|travel)_?time$/i.test(
      name,
    )
  );
}

/** The frame's time columns with one more. */
export function withTimeColumn(columns: readonly TimeColumn[], added: TimeColumn): readonly TimeColumn[] {
  return columns.some((column) => column.name === added.name) ? columns : [...columns, added];
}

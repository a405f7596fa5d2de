import type { Program } from "../program.ts";
import type { Value } from "../values/value.ts";

/** Notes that a table has a column, because it was read. */
export function noteColumn({ facts }: Program, { rows, columns, column, frame }: Value, name: string): void {
  const [table, another] = rows?.tables ?? [];
  if (table === undefined || another !== undefined || column !== null || columns?.has(name)) return;
  if (frame === null && !table.startsWith("name:")) return;
  const names = facts.columnsRead.get(table) ?? new Set();
  facts.columnsRead.set(table, names.add(name));
}

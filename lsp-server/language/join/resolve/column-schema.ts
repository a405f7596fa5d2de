import type { SettledSource } from "../../features/model.ts";

/** A column of a data file. `type` is DuckDB's name of it: `TIMESTAMP WITH TIME ZONE`, `BIGINT`, `DECIMAL(9,2)`. */
export interface ColumnSchema {
  readonly name: string;
  readonly type: string;
}

/** The columns of a source's file in file order; null when the file could not be read. */
export type SchemaOf = (source: SettledSource) => readonly ColumnSchema[] | null;

/** The column called `name` exactly, else without regard to case as DuckDB would find it. */
export function findColumn(columns: readonly ColumnSchema[], name: string): ColumnSchema | null {
  const lower = name.toLowerCase();
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === lower) ??
    null
  );
}

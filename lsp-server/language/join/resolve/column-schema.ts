import type { SettledSource } from "../../features/model.ts";

/** A column of a data file. `type` is DuckDB's name of it: `TIMESTAMP WITH TIME ZONE`, `BIGINT`, `DECIMAL(9,2)`. */
export interface ColumnSchema {
  readonly name: string;
  readonly type: string;
}

/** The columns of a file, in its order and under its own names. */
export interface FileColumns extends ReadonlyArray<ColumnSchema> {
  /** Of a CSV file: how `read_csv` reads it, see `csvOptions`. */
  readonly csv?: string;
  /** Columns in which a value is not of its declared type, and which. */
  readonly faults?: ReadonlyMap<string, string>;
}

/** The columns of a source's file; null when the file could not be read. */
export interface SchemaOf {
  (source: SettledSource): FileColumns | null;
  /** Why a file could not be read, where that is known. */
  whyNot?(source: SettledSource): UnreadFile | null;
}

/** `reason` completes "The file … could not be read: ". */
export interface UnreadFile {
  readonly reason: string;
  readonly isMissing: boolean;
}

/** A file that could not be read, in words, with its code. */
export function unreadFile(source: SettledSource, schemaOf: SchemaOf): readonly [string, string, string] {
  const why = schemaOf.whyNot?.(source) ?? null;
  return [
    why?.isMissing ? "join/no-file" : "join/unreadable",
    `The file ${source.path} could not be read${why ? `: ${why.reason}` : ""}.`,
    why && !why.isMissing
      ? "Mend the file, or name another."
      : "Check that it is there and is Parquet or CSV.",
  ];
}

/** Names of a file that are one to DuckDB, which compares them without case; null when `name` has no twin. */
export function twinsOf(columns: readonly ColumnSchema[], name: string): readonly string[] | null {
  const lower = name.toLowerCase();
  const alike = columns.filter((column) => column.name.toLowerCase() === lower);
  return alike.length > 1 ? alike.map((column) => column.name) : null;
}

/** The column called `name` exactly, else without regard to case as DuckDB would find it. */
export function findColumn(columns: readonly ColumnSchema[], name: string): ColumnSchema | null {
  const lower = name.toLowerCase();
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === lower) ??
    null
  );
}

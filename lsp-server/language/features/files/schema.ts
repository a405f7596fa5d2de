import { isUnknown, type SourceDefinition } from "../model.ts";

/** What a data file holds. JSON throughout. */
export interface Schema {
  /** Column names in file order. */
  readonly columns: readonly string[];
  /** Column → DuckDB's name of its type: `TIMESTAMP`, `BIGINT`, `VARCHAR`. */
  readonly types: Readonly<Record<string, string>>;
  /** Null when only reading the whole file would tell. */
  readonly rows: number | null;
  /** The first rows, at most five; empty when they are packed in a way that cannot be read here. Times as ISO-8601. */
  readonly sample: readonly Readonly<Record<string, string | number | boolean | null>>[];
}

/** Columns of a data file by its path as written; null when not known (yet). */
export type SchemaOf = (path: string) => Schema | null;

/** The columns of a source's file; null when its path or the file is not known. */
export function schemaOfSource(
  source: SourceDefinition | null | undefined,
  schemaOf: SchemaOf,
): Schema | null {
  return source && !isUnknown(source.path) ? schemaOf(source.path) : null;
}

import { DuckDBInstance } from "@duckdb/node-api";
import type { FileColumns } from "@lookback/language/join/resolve/column-schema.ts";
import { fileLiteral, fileRelation, isParquet } from "@lookback/language/join/steps/file-relation.ts";
import { describeCsv } from "./describe-csv.ts";
import { readSchema } from "./read-schema.ts";

/**
 * The columns of a Parquet or CSV file at an absolute path under their own names, as DuckDB reads them, and how a CSV is
 * to be read; `declared` are types that features declare, by column. Rejects with DuckDB's own error.
 */
export async function describeFile(
  path: string,
  declared: ReadonlyMap<string, string> = new Map(),
): Promise<FileColumns> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    if (!isParquet(path)) return await describeCsv(connection, fileLiteral(path), declared);
    const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${fileRelation(path)}`);
    // DuckDB gives the second of two names that differ only in case another one.
    const { columns } = await readSchema(path).catch(() => ({ columns: [] }));
    const found = reader.getRowObjects();
    return found.map((row, at) => ({
      name: columns.length === found.length ? columns[at]! : String(row.column_name),
      type: String(row.column_type),
    }));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

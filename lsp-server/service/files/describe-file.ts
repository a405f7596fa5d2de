import { DuckDBInstance } from "@duckdb/node-api";
import type { ColumnSchema } from "@lookback/language/join/resolve/column-schema.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";

/** The columns of a Parquet or CSV file at an absolute path, as DuckDB reads them. Rejects with DuckDB's own error. */
export async function describeFile(path: string): Promise<readonly ColumnSchema[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${fileRelation(path)}`);
    return reader.getRowObjects().map((row) => ({
      name: String(row.column_name),
      type: String(row.column_type),
    }));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

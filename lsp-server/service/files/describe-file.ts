import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { fitsDeclared, valueOfDeclared } from "@lookback/language/features/files/declared-type.ts";
import { isParquet } from "@lookback/language/features/files/is-parquet.ts";
import type { FileColumns } from "@lookback/language/join/resolve/column-schema.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { quoteName } from "@lookback/language/join/steps/quote-name.ts";
import { describeCsv } from "./describe-csv.ts";
import { openRegular } from "./open-regular.ts";
import { readSchema } from "./read-schema.ts";

/**
 * The columns of a Parquet or CSV file at an absolute path under their own names, as DuckDB reads them, and how a CSV is
 * to be read; `declared` are types that features declare, by column. Rejects with DuckDB's own error, and of what is no file of bytes.
 */
export async function describeFile(
  path: string,
  declared: ReadonlyMap<string, string> = new Map(),
): Promise<FileColumns> {
  // DuckDB would wait for who writes into a pipe.
  await (await openRegular(path)).close();
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    if (!isParquet(path)) return await describeCsv(connection, path, declared);
    const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${fileRelation(path)}`);
    // DuckDB gives the second of two names that differ only in case another one.
    const { columns } = await readSchema(path).catch(() => ({ columns: [] }));
    const found = reader.getRowObjects().map((row) => ({
      name: String(row.column_name),
      type: String(row.column_type),
    }));
    const named = found.map(({ name, type }, at) => ({
      name: columns.length === found.length ? columns[at]! : name,
      type,
    }));
    const faults = new Map<string, string>();
    for (const [at, { name, type }] of named.entries()) {
      const stated = declared.get(name);
      const fault = stated && (await faultIn(connection, path, { name, as: found[at]!.name, type, stated }));
      if (fault) faults.set(name, fault);
    }
    return Object.assign(named, { faults });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The first value of a Parquet column that is not of its declared type, in words; null when each is. */
async function faultIn(
  connection: DuckDBConnection,
  path: string,
  column: { readonly name: string; readonly as: string; readonly type: string; readonly stated: string },
): Promise<string | null> {
  const { name, type, stated } = column;
  if (fitsDeclared(stated, type) !== "some") return null;
  const value = quoteName(column.as);
  const numbered = fileRelation(path).replace(/\)$/, ", file_row_number = true)");
  const reader = await connection.runAndReadAll(
    `SELECT file_row_number + 1 AS row, ${value} AS value FROM ${numbered}
     WHERE NOT ${valueOfDeclared(stated, type, value)} ORDER BY row LIMIT 1`,
  );
  const [bad] = reader.getRowObjectsJson();
  return bad ? `row ${bad.row} of ${name} is ${bad.value}, which is no ${stated}` : null;
}

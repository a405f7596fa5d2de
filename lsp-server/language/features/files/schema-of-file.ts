import type { FileMetaData, SchemaElement } from "hyparquet";
import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { csvSchema } from "./csv-schema.ts";
import type { Schema } from "./schema.ts";

/** Bytes of a file from `start` up to and without `end`. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array>;

/**
 * The schema of a Parquet or CSV file, from its metadata and first rows. Works in a page as in Node: bytes come through `readRange`.
 *
 * Nested Parquet columns have the type of DuckDB's nearest word (`STRUCT`, `LIST`). Rejects when the file is neither.
 */
export async function schemaOfFile(path: string, size: number, readRange: ReadRange): Promise<Schema> {
  if (/\.(csv|tsv|txt)$/i.test(path)) {
    const head = new TextDecoder().decode(await readRange(0, Math.min(size, csvHead)));
    return csvSchema(head, size <= csvHead);
  }
  const file = {
    byteLength: size,
    slice: async (start: number, end = size) => {
      const from = start < 0 ? size + start : start;
      return Uint8Array.from(await readRange(from, Math.min(end, size))).buffer;
    },
  };
  const metadata = await parquetMetadataAsync(file, { initialFetchSize: Math.min(size, 1 << 16) });
  const columns = topLevel(metadata.schema);
  return {
    columns: columns.map((column) => column.name),
    types: Object.fromEntries(columns.map((column) => [column.name, typeOf(column)])),
    rows: Number(metadata.num_rows),
    sample: await firstRows(file, metadata),
  };
}

const csvHead = 1 << 16;

async function firstRows(
  file: Parameters<typeof parquetReadObjects>[0]["file"],
  metadata: FileMetaData,
): Promise<Schema["sample"]> {
  const group = metadata.row_groups[0];
  // Without an index of its pages a column's whole chunk is read even for five rows: too much for a glance when large.
  const indexed = group?.columns.every((column) => column.offset_index_offset !== undefined);
  if (!group || (!indexed && Number(group.total_byte_size) > 4 << 20)) return [];
  try {
    const rowEnd = Math.min(5, Number(metadata.num_rows));
    const rows = await parquetReadObjects({ file, metadata, rowEnd, useOffsetIndex: true });
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
    );
  } catch {
    return [];
  }
}

function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner));
}

/** The columns of a flat list of schema elements: each element's children follow it. */
function topLevel(elements: readonly SchemaElement[]): SchemaElement[] {
  const columns: SchemaElement[] = [];
  for (let at = 1; at < elements.length; ) {
    const element = elements[at];
    if (!element) break;
    columns.push(element);
    at = after(elements, at);
  }
  return columns;
}

function after(elements: readonly SchemaElement[], at: number): number {
  let next = at + 1;
  for (let child = 0; child < (elements[at]?.num_children ?? 0); child++) next = after(elements, next);
  return next;
}

function typeOf(element: SchemaElement): string {
  const { logical_type: logical, converted_type: converted } = element;
  if (element.repetition_type === "REPEATED" || converted === "LIST" || logical?.type === "LIST")
    return "LIST";
  if (converted === "MAP" || logical?.type === "MAP") return "MAP";
  if (element.num_children) return "STRUCT";
  if (logical?.type === "TIMESTAMP") {
    if (logical.isAdjustedToUTC) return "TIMESTAMP WITH TIME ZONE";
    return logical.unit === "NANOS" ? "TIMESTAMP_NS" : "TIMESTAMP";
  }
  if (logical?.type === "DECIMAL" || converted === "DECIMAL") {
    return `DECIMAL(${element.precision ?? 18},${element.scale ?? 0})`;
  }
  if (logical?.type === "INTEGER")
    return integers[`${logical.isSigned ? "" : "U"}${logical.bitWidth}`] ?? "BIGINT";
  return named[logical?.type ?? ""] ?? named[converted ?? ""] ?? named[element.type ?? ""] ?? "BLOB";
}

const integers: Readonly<Record<string, string>> = {
  "8": "TINYINT",
  "16": "SMALLINT",
  "32": "INTEGER",
  "64": "BIGINT",
  U8: "UTINYINT",
  U16: "USMALLINT",
  U32: "UINTEGER",
  U64: "UBIGINT",
};

const named: Readonly<Record<string, string>> = {
  STRING: "VARCHAR",
  UTF8: "VARCHAR",
  ENUM: "VARCHAR",
  JSON: "JSON",
  UUID: "UUID",
  DATE: "DATE",
  TIME: "TIME",
  TIME_MILLIS: "TIME",
  TIME_MICROS: "TIME",
  // Written before the zone was part of the type; DuckDB takes them as UTC.
  TIMESTAMP_MILLIS: "TIMESTAMP WITH TIME ZONE",
  TIMESTAMP_MICROS: "TIMESTAMP WITH TIME ZONE",
  INT_8: "TINYINT",
  INT_16: "SMALLINT",
  INT_32: "INTEGER",
  INT_64: "BIGINT",
  UINT_8: "UTINYINT",
  UINT_16: "USMALLINT",
  UINT_32: "UINTEGER",
  UINT_64: "UBIGINT",
  BOOLEAN: "BOOLEAN",
  INT32: "INTEGER",
  INT64: "BIGINT",
  INT96: "TIMESTAMP",
  FLOAT: "FLOAT",
  DOUBLE: "DOUBLE",
};

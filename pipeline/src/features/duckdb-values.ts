import {
  DuckDBDateValue,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
} from "@duckdb/node-api";
import { type ColumnKind, exact, type StoredCell } from "./cell.ts";

/** How the store keeps a column of a DuckDB type; null when it can keep no more than whether there is a value. */
export function columnKindOf(type: DuckDBType): Exclude<ColumnKind, "present"> | null {
  return type instanceof DuckDBDecimalType ? `decimal(${type.scale})` : (KINDS[type.typeId] ?? null);
}

/** A value of DuckDB as it is kept. */
export function storedCell(value: unknown): StoredCell {
  switch (typeof value) {
    case "number":
    case "string":
    case "boolean":
      return value;
    case "bigint":
      return exact(value);
    default:
      if (value === null || value === undefined) return null;
  }
  if (value instanceof DuckDBDecimalValue) return exact(value.value);
  if (value instanceof DuckDBDateValue) return value.days;
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return exact(value.micros);
  if (value instanceof DuckDBTimestampNanosecondsValue) return exact(value.nanos);
  if (value instanceof DuckDBTimestampMillisecondsValue) return exact(value.millis * 1000n);
  if (value instanceof DuckDBTimestampSecondsValue) return exact(value.seconds * 1_000_000n);
  return true;
}

const KINDS: Readonly<Partial<Record<DuckDBTypeId, Exclude<ColumnKind, "present">>>> = {
  [DuckDBTypeId.TINYINT]: "int64",
  [DuckDBTypeId.SMALLINT]: "int64",
  [DuckDBTypeId.INTEGER]: "int64",
  [DuckDBTypeId.BIGINT]: "int64",
  [DuckDBTypeId.HUGEINT]: "int64",
  [DuckDBTypeId.UTINYINT]: "int64",
  [DuckDBTypeId.USMALLINT]: "int64",
  [DuckDBTypeId.UINTEGER]: "int64",
  [DuckDBTypeId.UBIGINT]: "int64",
  [DuckDBTypeId.UHUGEINT]: "int64",
  [DuckDBTypeId.FLOAT]: "double",
  [DuckDBTypeId.DOUBLE]: "double",
  [DuckDBTypeId.VARCHAR]: "text",
  [DuckDBTypeId.ENUM]: "text",
  [DuckDBTypeId.BOOLEAN]: "bool",
  [DuckDBTypeId.DATE]: "date",
  [DuckDBTypeId.TIMESTAMP]: "timestamp",
  [DuckDBTypeId.TIMESTAMP_S]: "timestamp",
  [DuckDBTypeId.TIMESTAMP_MS]: "timestamp",
  [DuckDBTypeId.TIMESTAMP_TZ]: "timestamp",
  [DuckDBTypeId.TIMESTAMP_NS]: "timestamp_ns",
};

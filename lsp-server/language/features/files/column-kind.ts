/** What a column's type means to a definition. Types that can be neither a key, a time, a number nor a value of a feature are `other`. */
export type ColumnKind =
  | "timestamp"
  | "date"
  | "integer"
  | "decimal"
  | "float"
  | "text"
  | "boolean"
  | "other";

/** The kind of a type by DuckDB's name of it: `TIMESTAMP WITH TIME ZONE`, `BIGINT`, `DECIMAL(9,2)`. */
export function kindOf(type: string): ColumnKind {
  const name = type.toUpperCase();
  if (name.endsWith("]")) return "other";
  if (name.startsWith("TIMESTAMP")) return "timestamp";
  if (name === "DATE") return "date";
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(name)) return "integer";
  if (name.startsWith("DECIMAL")) return "decimal";
  if (name === "DOUBLE" || name === "FLOAT") return "float";
  if (name === "VARCHAR" || name === "JSON" || name.startsWith("ENUM")) return "text";
  return name === "BOOLEAN" ? "boolean" : "other";
}

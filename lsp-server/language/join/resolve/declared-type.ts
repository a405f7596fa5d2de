import { kindOf } from "../../features/files/column-kind.ts";

/**
 * The type a CSV column is read as: what a feature declares decides over what the values look like, which is all the file
 * says. Null when its values look like text and the feature declares something else: then each value must be tried.
 */
export function typeInCsv(declared: string | null, found: string): string | null {
  const wanted = declared === null ? null : (types[declared] ?? null);
  if (wanted === null || wanted === found) return found;
  if (wanted === "VARCHAR") return wanted;
  const kind = kindOf(found);
  if (kind === "text") return null;
  return wanted === "DOUBLE" && kind === "integer" ? wanted : found;
}

/** DuckDB's type for one that a feature declares; null for those that say nothing of how a value is written. */
export function declaredType(declared: string): string | null {
  return types[declared] ?? null;
}

/** Whether a column of a type can be a feature of a declared type, in a file that has types of its own. */
export function fitsDeclared(declared: string, found: string): boolean {
  const wanted = types[declared];
  if (wanted === undefined || wanted === "VARCHAR") return true;
  return ["integer", "decimal", "float", "boolean"].includes(kindOf(found)) || kindOf(found) === "other";
}

/** Feast's 32-bit floats are read as 64-bit ones: pandas does, and nothing is lost. */
const types: Readonly<Record<string, string>> = {
  String: "VARCHAR",
  Float32: "DOUBLE",
  Float64: "DOUBLE",
  DOUBLE: "DOUBLE",
  FLOAT: "DOUBLE",
  Int32: "BIGINT",
  Int64: "BIGINT",
  INT32: "BIGINT",
  INT64: "BIGINT",
  Bool: "BOOLEAN",
  BOOL: "BOOLEAN",
  STRING: "VARCHAR",
};

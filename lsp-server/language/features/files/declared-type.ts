import { kindOf } from "./column-kind.ts";

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

/** How much of a column of a type can be a feature of a declared type: each value, those that `valueOfDeclared` says, or none. */
export function fitsDeclared(declared: string, found: string): "all" | "some" | "none" {
  const wanted = types[declared];
  const kind = kindOf(found);
  switch (wanted) {
    case undefined:
      return "all";
    case "VARCHAR":
      return kind === "text" ? "all" : "none";
    case "BOOLEAN":
      return kind === "boolean" ? "all" : kind === "integer" ? "some" : "none";
    case "DOUBLE":
      return ["integer", "decimal", "float"].includes(kind) ? "all" : "none";
    default:
      if (kind === "integer") return inside(declared, found) ? "all" : "some";
      return kind === "decimal" || kind === "float" ? "some" : "none";
  }
}

/** SQL that says whether a value is one of a declared type, of a column that fits in part. NULL and NaN are missing values of any type. */
export function valueOfDeclared(declared: string, found: string, value: string): string {
  const missing = kindOf(found) === "float" ? `${value} IS NULL OR isnan(${value})` : `${value} IS NULL`;
  if (types[declared] === "BOOLEAN") return `(${missing} OR ${value} IN (0, 1))`;
  const [least, most] = bounds[declared] ?? bounds.Int64!;
  const whole = kindOf(found) === "integer" ? "" : ` AND ${value} = trunc(${value})`;
  // As a DOUBLE the greatest BIGINT is one more than it is.
  const above = kindOf(found) === "float" && most === bounds.Int64![1] ? "<" : "<=";
  return `(${missing} OR (${value} >= ${least} AND ${value} ${above} ${most}${whole}))`;
}

function inside(declared: string, found: string): boolean {
  const narrow = /^(TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT)$/i.test(found);
  const is32 = /32$/.test(declared);
  return narrow || (!is32 && /^(BIGINT|UINTEGER)$/i.test(found));
}

const bounds: Readonly<Record<string, readonly [string, string]>> = {
  Int32: ["-2147483648", "2147483647"],
  INT32: ["-2147483648", "2147483647"],
  Int64: ["-9223372036854775808", "9223372036854775807"],
};

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

import { createHash } from "node:crypto";

/** What a join key's column holds. Floating point is refused: equality of floats is not an identity. */
export type KeyKind = "text" | "integer" | "bool";

/** A key's value: whole numbers are bigints beyond 2^53. */
export type KeyCell = string | number | bigint | boolean;

/** One string for a tuple of typed key values; different tuples never give the same one. Long ones are hashed, because LMDB limits a key's size. */
export function entityKey(values: readonly KeyCell[]): string {
  const text = JSON.stringify(values.map((value) => (typeof value === "bigint" ? [String(value)] : value)));
  return text.length <= 300 ? text : createHash("sha256").update(text).digest("hex");
}

/** The longest text that a request may give, in characters: every answer keeps its inputs in the audit log. */
export const LONGEST_TEXT = 10_000;

/**
 * A request's value as a key: itself when it has the column's type, null when it is null, undefined for anything else: "7" is not 7.
 * A whole number beyond 2^53 comes as a text of its digits, since JSON's own number would be another one.
 */
export function keyValue(kind: KeyKind, value: unknown): KeyCell | null | undefined {
  if (value === null) return null;
  if (kind === "text" && typeof value === "string" && value.length <= LONGEST_TEXT) return value;
  if (kind === "bool" && typeof value === "boolean") return value;
  if (kind !== "integer") return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  if (typeof value !== "string" || !/^-?[1-9]\d{15,38}$/.test(value)) return undefined;
  return Number.isSafeInteger(Number(value)) ? undefined : BigInt(value);
}

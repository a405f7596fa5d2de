import { createHash } from "node:crypto";
import { Failure } from "../failure.ts";

/** What a join key's column holds. Floating point is refused: equality of floats is not an identity. */
export type KeyKind = "text" | "integer" | "bool";

/** One string for a tuple of typed key values; different tuples never give the same one. Long ones are hashed, because LMDB limits a key's size. */
export function entityKey(values: readonly (string | number | bigint | boolean)[]): string {
  const text = JSON.stringify(values.map((value) => (typeof value === "bigint" ? Number(value) : value)));
  return text.length <= 300 ? text : createHash("sha256").update(text).digest("hex");
}

/**
 * A request's value as a key: itself when it has the column's type, null when it is null.
 * Anything else fails with `serve/bad-input`, which names the input: "7" is not 7.
 */
export function keyValue(name: string, kind: KeyKind, value: unknown): string | number | boolean | null {
  if (value === null) return null;
  if (kind === "text" && typeof value === "string") return value;
  if (kind === "bool" && typeof value === "boolean") return value;
  if (kind === "integer" && typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new Failure(
    "serve/bad-input",
    `Input ${name} must be ${WORDS[kind]}, not ${JSON.stringify(value)}. No prediction was made.`,
    {
      data: { input: name, expected: kind },
    },
  );
}

const WORDS = { text: "a text", integer: "a whole number", bool: "true or false" } as const;

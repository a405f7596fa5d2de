import type { JsonNode } from "./json-tree.ts";

/** JSON as JavaScript holds it, but for numbers that it would change: those keep their text. */
export type ExactJson =
  | null
  | boolean
  | number
  | string
  | ExactNumber
  | readonly ExactJson[]
  | { readonly [key: string]: ExactJson };

/** A number whose text JavaScript would write otherwise: `12345678901234567890`, `1.0`, `1e5`, `-0.0`, `NaN`. */
export class ExactNumber {
  constructor(readonly text: string) {}
  /** The nearest double. */
  get value(): number {
    return Number(this.text);
  }
  /** What is left of it where it is written by `JSON.stringify`. */
  toJSON(): number {
    return this.value;
  }
}

/** The value at a place in a text. Of a key that stands twice the last counts. */
export function exactValue(text: string, node: JsonNode): ExactJson {
  switch (node.kind) {
    case "object":
      return Object.fromEntries(node.members.map(({ key, value }) => [key, exactValue(text, value)]));
    case "array":
      return node.items.map((item) => exactValue(text, item));
    case "number":
    case "word":
      return exactScalar(text.slice(node.start, node.end));
    case "string":
      return JSON.parse(text.slice(node.start, node.end));
  }
}

function exactScalar(raw: string): ExactJson {
  if (raw === "null") return null;
  if (raw === "true" || raw === "false") return raw === "true";
  const value = Number(raw);
  return Number.isFinite(value) && JSON.stringify(value) === raw ? value : new ExactNumber(raw);
}

/** The value as `JSON.parse` would give it: numbers as the nearest doubles. */
export function plainValue(value: ExactJson): unknown {
  if (value instanceof ExactNumber) return value.value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainValue(each)]));
}

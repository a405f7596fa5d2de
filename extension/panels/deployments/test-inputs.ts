import type { JsonValue } from "@lookback/protocol/json.ts";

/** The texts a test form starts with. */
export function formTexts(example: Readonly<Record<string, JsonValue>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, value === null ? "" : String(value)]),
  );
}

/**
 * What a form's texts say, in the types of the example: a text stays one, an empty number is null. A text that is no number is sent as it
 * is, so that the server names the input it refuses.
 */
export function formInputs(
  texts: Readonly<Record<string, string>>,
  example: Readonly<Record<string, JsonValue>>,
): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, typed(text, example[name] ?? null)]),
  );
}

function typed(text: string, example: JsonValue): JsonValue {
  if (typeof example === "string") return text;
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (typeof example === "boolean") return trimmed === "true" ? true : trimmed === "false" ? false : text;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : text;
}

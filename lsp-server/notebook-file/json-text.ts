import { type ExactJson, ExactNumber } from "./json-value.ts";

/** How a JSON text is laid out. */
export interface JsonLayout {
  /** One level of indentation; null: everything on one line, as Python's `json` writes it. */
  readonly indent: string | null;
  readonly lineEnd: "\n" | "\r\n";
  /** Whether characters beyond ASCII are escaped. */
  readonly ascii: boolean;
}

/** nbformat's own: one space, line feeds, characters as they are. */
export const nbformatLayout: JsonLayout = { indent: " ", lineEnd: "\n", ascii: false };

/** JSON with its keys sorted by code point, as Python's `sort_keys` does; `margin` stands before every line but the first. */
export function jsonText(value: ExactJson, layout: JsonLayout, margin = ""): string {
  if (value === null || typeof value === "boolean" || typeof value === "number") return JSON.stringify(value);
  if (typeof value === "string") return quoted(value, layout);
  if (value instanceof ExactNumber) return value.text;
  const inner = layout.indent === null ? "" : margin + layout.indent;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => jsonText(item, layout, inner))
    : Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .sort(([a], [b]) => byCodePoint(a, b))
        .map(([key, each]) => `${quoted(key, layout)}: ${jsonText(each, layout, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  if (layout.indent === null) return `${open}${parts.join(", ")}${close}`;
  const line = layout.lineEnd;
  return `${open}${line}${inner}${parts.join(`,${line}${inner}`)}${line}${margin}${close}`;
}

function quoted(text: string, { ascii }: JsonLayout): string {
  const json = JSON.stringify(text);
  if (!ascii) return json;
  return json.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** JavaScript compares halves of characters: those beyond U+FFFF come too early. */
function byCodePoint(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const [one, two] = [a.codePointAt(at) ?? 0, b.codePointAt(at) ?? 0];
    if (one !== two) return one - two;
    if (one > 0xffff) at++;
  }
  return a.length - b.length;
}

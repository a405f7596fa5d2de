import { classOfName } from "../find/class-of-name.ts";
import type { Redaction } from "./redaction.ts";

/**
 * A JSON value with the secrets in its texts and names replaced; the value itself when there are none. A text kept as its
 * lines, as notebooks keep them, is judged as one: a private key only shows in the whole. Base64 of some length, as of a
 * picture, is searched for nothing but what was a secret elsewhere.
 */
export function redactJson(value: unknown, where: string, redaction: Redaction): unknown {
  if (typeof value === "string") return redactString(value, where, redaction);
  if (Array.isArray(value)) return redactList(value, where, redaction);
  if (typeof value !== "object" || value === null) return value;
  let changed = false;
  const entries = Object.entries(value).map(([key, inner]) => {
    const cleanKey = redaction.text(key, where);
    const clean =
      typeof inner === "string" && (classOfName(key) !== null || !isOpaque(inner))
        ? redaction.named(key, inner, where)
        : redactJson(inner, where, redaction);
    changed ||= clean !== inner || cleanKey !== key;
    return [cleanKey, clean] as const;
  });
  return changed ? Object.fromEntries(entries) : value;
}

function redactString(value: string, where: string, redaction: Redaction): string {
  return isOpaque(value) ? redaction.again(value, where) : redaction.text(value, where);
}

function redactList(list: readonly unknown[], where: string, redaction: Redaction): unknown {
  if (
    list.length > 1 &&
    list.every((line, at) => typeof line === "string" && (at === list.length - 1 || line.endsWith("\n")))
  ) {
    const whole = list.join("");
    const clean = redactString(whole, where, redaction);
    return clean === whole ? list : clean.split(/(?<=\n)/);
  }
  const clean = list.map((each) => redactJson(each, where, redaction));
  return clean.some((each, at) => each !== list[at]) ? clean : list;
}

/** Base64 in lines as long as pictures have them: nothing a person could read a secret from, and most of a notebook's bytes. */
function isOpaque(text: string): boolean {
  if (text.length < 256) return false;
  const line = text.indexOf("\n");
  return (line < 0 || line >= 60) && /^[A-Za-z0-9+/\r\n]+={0,2}[\r\n]*$/.test(text);
}

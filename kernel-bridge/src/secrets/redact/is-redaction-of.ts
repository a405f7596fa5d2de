import { redacted } from "./redaction.ts";

/** The mark that stands for a secret in a text which must not grow: cut where the secret was shorter than it. */
export function markOfLength(length: number): string {
  return length >= redacted.length ? redacted : `${redacted.slice(0, Math.max(1, length - 1))}]`;
}

/** Whether a text with secrets replaced may be what another became: equal but for what the marks stand for. */
export function isRedactionOf(clean: string, original: string): boolean {
  const [first = "", ...rest] = clean.split(marks);
  const last = rest.pop();
  if (last === undefined) return clean === original;
  if (!original.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = original.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return original.length - last.length >= at && original.endsWith(last);
}

const marks = /\[redac(?:t(?:ed?)?)?\]/;

import { classOfName } from "../find/class-of-name.ts";
import { findSecrets } from "../find/find-secrets.ts";
import { isSecretValue } from "../find/judge-value.ts";
import { looksMade } from "../find/looks-made.ts";

/** What stands where a secret stood. */
export const redacted = "[redacted]";

/**
 * Replaces secrets, and keeps what it found so that the same value is replaced wherever else it stands: a password that a
 * cell assigns and another prints. One redaction a run; nothing it holds is ever written.
 */
export interface Redaction {
  /** The text with every secret replaced, and every value that was one before. `where` is said in the notes: `cell 3`. */
  text(text: string, where: string): string;
  /** The text with what was a secret before replaced, and not searched for more. */
  again(text: string, where: string): string;
  /** A value as above, which is a secret too when its name says so. */
  named(name: string, value: string, where: string): string;
  /** Takes values for secrets that something else found. */
  learn(values: Iterable<string>): void;
  /** What it knows again wherever it stands. */
  readonly known: ReadonlySet<string>;
  /** What was replaced so far, in the order it was found: one entry a kind and place. */
  readonly found: readonly Replaced[];
}

export interface Replaced {
  /** Id of a `SecretKind`, or `password`, `named-secret`, `token-in-url`, `encoded-secret`, `known-value`. */
  readonly kind: string;
  readonly where: string;
  readonly count: number;
}

/** Begins a redaction. `known` are values to replace wherever they stand, such as what the environment holds under a secret's name. */
export function startRedaction(known: Iterable<string> = []): Redaction {
  const values = new Set(known);
  const found = new Map<string, { kind: string; where: string; count: number }>();

  function keep(kind: string, where: string, value: string | null): void {
    const key = `${kind}\n${where}`;
    const entry = found.get(key) ?? { kind, where, count: 0 };
    entry.count++;
    found.set(key, entry);
    if (value !== null && isTelling(value) && values.size < mostValues) values.add(value);
  }

  function again(text: string, where: string): string {
    let clean = text;
    for (const value of values) {
      if (!clean.includes(value)) continue;
      const parts = clean.split(value);
      for (let at = 1; at < parts.length; at++) keep("known-value", where, null);
      clean = parts.join(redacted);
    }
    return clean;
  }

  function text(text: string, where: string): string {
    const secrets = findSecrets(text);
    if (secrets.length === 0) return again(text, where);
    const parts: string[] = [];
    let from = 0;
    for (const { start, end, kind } of secrets) {
      parts.push(text.slice(from, start), redacted);
      keep(kind, where, text.slice(start, end));
      from = end;
    }
    parts.push(text.slice(from));
    return again(parts.join(""), where);
  }

  function named(name: string, value: string, where: string): string {
    const kind = classOfName(name);
    if (kind === null || !isSecretValue(kind, value, "quoted")) return text(value, where);
    keep(kind === "password" ? "password" : "named-secret", where, value);
    return redacted;
  }

  return {
    text,
    again,
    named,
    learn: (more) => {
      for (const value of more) if (values.size < mostValues) values.add(value);
    },
    known: values,
    get found() {
      return [...found.values()];
    },
  };
}

const mostValues = 500;

/** Whether a value says enough to be known again: a password that is also a word would take that word from every text. */
function isTelling(value: string): boolean {
  if (value.length > 4096 || /[\r\n]/.test(value)) return false;
  return (
    (value.length >= 8 && looksMade(value)) ||
    (value.length >= 7 && /[A-Za-z][0-9]|[^A-Za-z0-9_.:/ -]/.test(value) && /[0-9]/.test(value))
  );
}

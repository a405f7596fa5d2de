import { secretNames } from "../table/names.ts";

/**
 * What a name says of its value: `password`, which a person chose and may be any word; `made`, which a machine made; `key`, of
 * which only the unmistakable is one; null when it says nothing of the kind.
 */
export type NameClass = "password" | "made" | "key";

/** What an identifier, column, header, flag or setting says of its value. The end of the name decides. */
export function classOfName(name: string): NameClass | null {
  const words = (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? []).map((word) => word.toLowerCase());
  while (words.length > 1 && isNeutral(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (countOf.has(before)) return null;
  if (password.some((end) => last.endsWith(end))) return "password";
  if (last === "pass" || last === "pw") return passOf.has(before) ? "password" : null;
  if (last === "token" && tokenOf.has(before)) return null;
  if (made.has(last) || (last.endsWith("token") && last.length > 6)) return "made";
  if (last === "key" && keyOf.has(before)) return "made";
  return last === "key" && words.length === 1 ? "key" : null;
}

/** Whether a name in the query of a URL says that its value is a secret there. */
export function isSecretQuery(name: string): boolean {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  const last = (words.at(-1) ?? "").toLowerCase();
  return words.length === 1 ? query.has(last) : last === "signature";
}

function isNeutral(word: string): boolean {
  return neutral.has(word) || /^[0-9]+$/.test(word);
}

const password: readonly string[] = secretNames.password;
const neutral: ReadonlySet<string> = new Set(secretNames.neutral);
const passOf: ReadonlySet<string> = new Set(secretNames.passOf);
const tokenOf: ReadonlySet<string> = new Set(secretNames.tokenOf);
const countOf: ReadonlySet<string> = new Set(secretNames.countOf);
const made: ReadonlySet<string> = new Set(secretNames.made);
const keyOf: ReadonlySet<string> = new Set(secretNames.keyOf);
const query: ReadonlySet<string> = new Set(secretNames.query);

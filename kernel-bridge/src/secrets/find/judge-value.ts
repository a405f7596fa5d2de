import { secretNames } from "../table/names.ts";
import type { NameClass } from "./class-of-name.ts";
import { looksMade } from "./looks-made.ts";

/**
 * How a value stands after its name. `quoted`: a literal. `listed`: a literal beside the name, or within a call.
 * `setting`: a literal without marks, as in a file of settings. `query`: in a URL. `line`: the same alone on its line, but perhaps a
 * type in code. `loose`: without marks, where code might stand too.
 */
export type Standing = "quoted" | "listed" | "setting" | "query" | "line" | "loose";

/** Whether the value of a name of some class is a secret, and not a label, a type, a template or a word about one. */
export function isSecretValue(kind: NameClass, value: string, standing: Standing): boolean {
  if (isPlaceholder(value) || references.some((start) => value.startsWith(start))) return false;
  if (standing === "listed") return value.length >= 16 && !value.includes(" ") && looksMade(value);
  if (kind === "password") {
    if (standing === "line" && /^[a-z]{6,64}$/.test(value)) return isPassword(value);
    return standing === "loose" || standing === "line" ? isLoosePassword(value) : isPassword(value);
  }
  if (kind === "key") return isUnmistakable(value);
  if (value.includes(" ") || value.includes("://") || file.test(value)) return false;
  if (standing === "query")
    return value.length >= 8 && (looksMade(value) || /[0-9]/.test(value) || value.length >= 16);
  if (standing === "loose" || standing === "line")
    return value.length >= 12 && looksMade(value) && !isDotted(value);
  return (value.length >= 8 && looksMade(value)) || isShortMade(value);
}

/** Shorter than what tells by itself that a machine made it: digits between letters, or letters between digits. */
function isShortMade(value: string): boolean {
  return /^[A-Za-z0-9_-]{5,9}$/.test(value) && /[0-9][A-Za-z]/.test(value) && /[A-Za-z][0-9]/.test(value);
}

/** Whether a value stands for one that is still to be put in: a template, a row of one sign, a phrase such as `your-token-here`. */
export function isPlaceholder(value: string): boolean {
  const filled = value.replace(
    /\{[^{}]{0,200}\}|<[^<>]{0,200}>|\$\{?[A-Za-z_][A-Za-z0-9_]{0,64}\}?|%\([A-Za-z0-9_]{0,64}\)s|%[a-z]/g,
    "",
  );
  if (filled !== value && !/[A-Za-z0-9]{3}/.test(filled)) return true;
  if (/^(?:\[.{0,200}\]|__.{0,64}__|%[A-Za-z_]{1,64}%)$/.test(value)) return true;
  if (new Set(value.replace(/[^A-Za-z0-9]/g, "")).size <= 1) return true;
  if (looksMade(value)) return false;
  return (value.match(/[A-Za-z]+/g) ?? []).some(
    (part) => placeholder.has(part.toLowerCase()) || /^[xX]{3,}$/.test(part),
  );
}

/** A password may be any text but a label, a type, the name of a setting or a sentence. */
function isPassword(value: string): boolean {
  if (value.length < 3 || value.includes("://") || spoken.has(value.toLowerCase())) return false;
  if (path.test(value) && !looksMade(value)) return false;
  if (/[0-9]/.test(value)) return !/^[A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,8}$/.test(value) || looksMade(value);
  if (value.length < 4 || /^[A-Z]{1,40}(?:_[A-Z]{1,40}){1,8}$/.test(value)) return false;
  if (/passw|pwd|passphrase|secret|credential/i.test(value)) return false;
  return !/ [A-Za-z']{1,40}[ ,].{0,400} /.test(value) || !/[.:?!…]$/.test(value);
}

/** Without marks, what could be a name in code is not taken for a password, nor a small number. */
function isLoosePassword(value: string): boolean {
  if (!isPassword(value) || isDotted(value) || /passw|pwd|passphrase|secret/i.test(value)) return false;
  if (/^[0-9.]+$/.test(value)) return /^[0-9]{6,}$/.test(value);
  return /[0-9]/.test(value) ? value.length >= 6 : /[^A-Za-z0-9_.:]/.test(value) && value.length >= 8;
}

/** Nothing but a key: long, of every case and digits, and neither a path nor a hash. */
function isUnmistakable(value: string): boolean {
  return (
    /^[A-Za-z0-9+/_=-]{24,512}$/.test(value) &&
    /[a-z]/.test(value) &&
    /[A-Z]/.test(value) &&
    /[0-9]/.test(value) &&
    !/^[^/]*\/[^/]*\/.*\.|^[0-9A-Fa-f-]+$/.test(value) &&
    looksMade(value) &&
    !/[a-z]{3,}[-_/][a-z]{3,}[-_/]/.test(value)
  );
}

const path = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/]/;
/** A path to a file: base64 may begin with a slash, and holds no dot. */
const file = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/][^\r\n]{0,400}\.[A-Za-z0-9]{2,5}$/;

function isDotted(value: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+$/.test(value);
}

const placeholder: ReadonlySet<string> = new Set(secretNames.placeholder);
const spoken: ReadonlySet<string> = new Set(secretNames.spoken);
const references: readonly string[] = secretNames.references;

import { secretKinds } from "../table/kinds.ts";
import type { SecretKind } from "../table/secret-kind.ts";
import type { FoundSecret } from "./found-secret.ts";
import { isPlaceholder } from "./judge-value.ts";
import { looksMade } from "./looks-made.ts";

/** The secrets in a text that are known by how they look, in the order they stand. Linear: one search for how they begin, and bounded work where one does. */
export function findShaped(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  starts.lastIndex = 0;
  for (let hit = starts.exec(text); hit !== null; hit = starts.exec(text)) {
    const { index } = hit;
    let next = index + 1;
    for (const kind of kindsOf.get(hit[0]) ?? []) {
      const match = matchAt(text, index, kind);
      if (match === null) continue;
      next = Math.max(next, match.end);
      if (match.secret === null) continue;
      found.push(match.secret);
      break;
    }
    starts.lastIndex = next;
  }
  return [...found, ...bareKeys(text)];
}

/** An AWS secret key has no prefix, and a length of its own: forty signs of base64 between others, as no word, path or hash mixes them. */
function bareKeys(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const match of text.matchAll(fortySigns)) {
    const [value] = match;
    if (isMixed(value) && looksMade(value))
      found.push({ start: match.index, end: match.index + value.length, kind: "aws-secret-key" });
  }
  return found;
}

function isMixed(value: string): boolean {
  return (
    /[A-Z].{0,38}[A-Z]/.test(value) &&
    /[a-z].{0,38}[a-z]/.test(value) &&
    /[0-9].{0,38}[0-9]/.test(value) &&
    !/[a-z]{8}/.test(value)
  );
}

const fortySigns = /(?<![A-Za-z0-9+/=_.%-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_.%-])/g;

interface Shape {
  readonly kind: SecretKind;
  readonly pattern: RegExp;
}

/** The secret of a kind at a place; `secret` null where the pattern fits and the text is no secret all the same. */
function matchAt(
  text: string,
  index: number,
  { kind, pattern }: Shape,
): { secret: FoundSecret | null; end: number } | null {
  for (const back of kind.back ?? [0]) {
    const from = index - back;
    if (from < 0 || !mayBegin(text, from, kind.at)) continue;
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match === null) continue;
    const end = pattern.lastIndex;
    const start = from + (match[1]?.length ?? 0);
    const value = text.slice(start, end);
    const isSecret = kind.only === "made" ? looksMade(value) : !isFiller(value);
    return { secret: isSecret ? { start, end, kind: kind.id } : null, end };
  }
  return null;
}

/** A row of one sign, a template or a phrase in the place of a secret. */
function isFiller(value: string): boolean {
  return isPlaceholder(value) || /^(.)\1*$/.test(value.slice(-8));
}

function mayBegin(text: string, at: number, where: SecretKind["at"]): boolean {
  if (where === undefined || at === 0) return true;
  const before = text[at - 1] ?? "";
  if (where === "run" && (before === "-" || before === "_")) return false;
  if (!/[A-Za-z0-9]/.test(before)) return true;
  // The letter of an escape, or the digits of one, are not of the word: `\n`, `%3D`, `\u001b`.
  return /(?:\\[nrtbf]|%[0-9A-Fa-f]{2}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4})$/.test(
    text.slice(Math.max(0, at - 6), at),
  );
}

const literals = [...new Set(secretKinds.flatMap((kind) => kind.starts))].sort((a, b) => b.length - a.length);

/** By every text that `starts` can match: the kinds that begin so, those with the longest beginning first. */
const kindsOf: ReadonlyMap<string, readonly Shape[]> = new Map(
  literals.map((literal) => [
    literal,
    secretKinds
      .flatMap((kind) =>
        kind.starts.filter((start) => literal.startsWith(start)).map((start) => ({ kind, start })),
      )
      .sort((a, b) => b.start.length - a.start.length)
      .map(({ kind }) => ({ kind, pattern: new RegExp(kind.pattern, "y") })),
  ]),
);

const starts = new RegExp(
  literals.map((literal) => literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|"),
  "g",
);

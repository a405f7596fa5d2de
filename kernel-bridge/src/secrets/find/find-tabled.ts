import { classOfName } from "./class-of-name.ts";
import type { FoundSecret } from "./found-secret.ts";
import { isSecretValue } from "./judge-value.ts";

/**
 * The cells of a printed table, as data frames print them, that stand under a column whose name says secret: what ends where the
 * name ends, in the lines below. Linear: no header is looked for further than `mostRows` lines down.
 */
export function findTabled(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  /** By where a column ends: how far down it was read. A row of names is no header of its own. */
  const read = new Map<number, number>();
  for (const match of text.matchAll(header)) {
    const [line] = match;
    for (const { index, 0: name } of line.matchAll(column)) {
      const kind = classOfName(name);
      const edge = index + name.length;
      if ((kind !== "password" && kind !== "made") || (read.get(edge) ?? -1) > match.index) continue;
      read.set(edge, cellsBelow(text, match.index + line.length, edge, kind, found));
    }
  }
  return found;
}

/** Adds to `found`; answers where it stopped. */
function cellsBelow(
  text: string,
  from: number,
  edge: number,
  kind: "password" | "made",
  found: FoundSecret[],
): number {
  let at = from + 1;
  for (let row = 0; row < mostRows; row++) {
    const next = text.indexOf("\n", at);
    const end = next < 0 ? text.length : next;
    if (end <= at || end - at > widest) break;
    const place = at + edge;
    if (place <= end && (place === end || text[place] === " ") && text[place - 1] !== " ") {
      const start = Math.max(at, text.lastIndexOf(" ", place - 1) + 1);
      if (isSecretValue(kind, text.slice(start, place), "loose"))
        found.push({ start, end: place, kind: kind === "password" ? "password" : "named-secret" });
    }
    at = end + 1;
  }
  return at;
}

const mostRows = 64;
const widest = 512;

/** A line of at least two names and no sign of code. */
const header =
  /(?<![^\n])[ \t]{0,64}[A-Za-z_][A-Za-z0-9_]{0,40}(?:[ ]{1,256}[A-Za-z_][A-Za-z0-9_]{0,40}){1,32}[ ]{0,8}(?=\n)/g;
const column = /[A-Za-z_][A-Za-z0-9_]{0,40}/g;

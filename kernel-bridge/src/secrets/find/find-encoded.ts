import { findAssigned } from "./find-assigned.ts";
import { findShaped } from "./find-shaped.ts";
import type { FoundSecret } from "./found-secret.ts";

/** Base64 of a text that shows a secret: the whole of it is one. Linear: each run of signs is decoded once, its beginning first, which tells most of them from a text. */
export function findEncoded(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const match of text.matchAll(run)) {
    const [whole, signs = ""] = match;
    if (signs.length % 4 === 1 || !isPlain(signs.slice(0, 8)) || !isPlain(signs)) continue;
    const inner = Buffer.from(signs, "base64").toString("latin1");
    if (findShaped(inner).length + findAssigned(inner).length > 0)
      found.push({ start: match.index, end: match.index + whole.length, kind: "encoded-secret" });
  }
  return found;
}

function isPlain(signs: string): boolean {
  return /^[\t\n\r -~]*$/.test(Buffer.from(signs, "base64").toString("latin1"));
}

const run = /(?<![A-Za-z0-9+/=_.%-])([A-Za-z0-9+/]{16,4096})={0,2}(?![A-Za-z0-9+/=_.%-])/g;

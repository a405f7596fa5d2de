import { findAssigned } from "./find-assigned.ts";
import { findEncoded } from "./find-encoded.ts";
import { findFielded } from "./find-fielded.ts";
import { findMarkedUp } from "./find-marked-up.ts";
import { findShaped } from "./find-shaped.ts";
import { findTabled } from "./find-tabled.ts";
import type { FoundSecret } from "./found-secret.ts";
import { withoutColors } from "./without-colors.ts";

/** Every secret that a text shows, in order, none overlapping another; colors of a terminal are looked through. Never throws; costs what the text's length costs, whatever it holds. */
export function findSecrets(text: string): FoundSecret[] {
  const { plain, placeOf } = withoutColors(text);
  const ways = [findShaped, findAssigned, findTabled, findFielded, findMarkedUp, findEncoded];
  const all = ways.flatMap((find) => find(plain)).sort((a, b) => a.start - b.start || b.end - a.end);
  const found: FoundSecret[] = [];
  for (const each of all) {
    const last = found.at(-1);
    if (last === undefined || each.start >= last.end) found.push(each);
    else if (each.end > last.end) found[found.length - 1] = { ...last, end: each.end };
  }
  return found.map(({ start, end, kind }) => ({ start: placeOf(start), end: placeOf(end - 1) + 1, kind }));
}

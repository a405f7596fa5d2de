/**
 * ` Did you mean "origin"?` with the nearest of the known words, else with those that it is a part of between hyphens, three at most; nothing when
 * there is none. Ready to append to a sentence.
 */
export function didYouMean(word: string, known: Iterable<string>): string {
  const words = [...known];
  const nearest = nearestWord(word, words);
  const meant = nearest === null ? wordsWith(word.toLowerCase(), words).slice(0, 3) : [nearest];
  return meant.length === 0 ? "" : ` Did you mean ${meant.map((one) => `"${one}"`).join(" or ")}?`;
}

/** The known word with the fewest edits from `word`, at most a third of its length; the first of equals; null when none is near. */
export function nearestWord(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function wordsWith(part: string, known: readonly string[]): string[] {
  return known.filter((word) => word.includes("-") && `-${word.toLowerCase()}-`.includes(`-${part}-`));
}

/** Optimal string alignment: insert, delete, replace, swap of neighbors cost one each. */
function editsBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(edits);
    }
    [beforeLast, last] = [last, row];
  }
  return last[to.length] ?? 0;
}

import type { SideCell } from "../side.ts";
import { longestCommon } from "./sequence.ts";

export type CellMatch = readonly [left: SideCell, right: SideCell];

/**
 * Which cell of one notebook is which of another: by the id their files give them; the rest by their sources, in order and then wherever
 * they went; the rest by how much of their lines they share. What is left has no counterpart.
 */
export function matchCells(left: readonly SideCell[], right: readonly SideCell[]): CellMatch[] {
  const matches: CellMatch[] = [];
  let lefts = [...left];
  let rights = [...right];
  const take = (found: readonly CellMatch[]) => {
    matches.push(...found);
    const taken = new Set(found.flat());
    lefts = lefts.filter((cell) => !taken.has(cell));
    rights = rights.filter((cell) => !taken.has(cell));
  };
  take(sameKey(lefts, rights, ({ id, type }) => (id === null ? null : `${type} ${id}`)));
  const inOrder = longestCommon(lefts.map(sourceKey), rights.map(sourceKey));
  take(inOrder.map(([a, b]) => [lefts[a]!, rights[b]!]));
  take(sameKey(lefts, rights, sourceKey));
  take(mostAlike(lefts, rights));
  return matches;
}

function sourceKey({ type, sha256 }: SideCell): string {
  return `${type} ${sha256}`;
}

/** The first of each key with the first, the second with the second. */
function sameKey(
  left: readonly SideCell[],
  right: readonly SideCell[],
  keyOf: (cell: SideCell) => string | null,
): CellMatch[] {
  const waiting = new Map<string, SideCell[]>();
  for (const cell of right) {
    const key = keyOf(cell);
    if (key !== null) waiting.set(key, [...(waiting.get(key) ?? []), cell]);
  }
  return left.flatMap((cell) => {
    const key = keyOf(cell);
    const found = key === null ? undefined : waiting.get(key)?.shift();
    return found === undefined ? [] : [[cell, found] as const];
  });
}

function mostAlike(left: readonly SideCell[], right: readonly SideCell[]): CellMatch[] {
  const lines = new Map([...left, ...right].map((cell) => [cell, countLines(cell.source)]));
  const candidates = left.flatMap((a) =>
    right
      .filter((b) => a.type === b.type)
      .map((b) => ({ a, b, share: sharedShare(lines.get(a)!, lines.get(b)!) }))
      .filter(({ share }) => share >= alike),
  );
  candidates.sort((one, other) => other.share - one.share);
  const taken = new Set<SideCell>();
  return candidates.flatMap(({ a, b }) => {
    if (taken.has(a) || taken.has(b)) return [];
    taken.add(a).add(b);
    return [[a, b] as const];
  });
}

/** Half of the lines of both. */
const alike = 0.5;

interface Lines {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

function countLines(source: string): Lines {
  const lines = source.split("\n").map((line) => line.trim());
  const said = lines.filter((line) => line !== "");
  const counts = new Map<string, number>();
  for (const line of said) counts.set(line, (counts.get(line) ?? 0) + 1);
  return { counts, total: said.length };
}

function sharedShare(a: Lines, b: Lines): number {
  if (a.total + b.total === 0) return 0;
  let shared = 0;
  for (const [line, count] of a.counts) shared += Math.min(count, b.counts.get(line) ?? 0);
  return (2 * shared) / (a.total + b.total);
}

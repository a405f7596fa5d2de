import { isFileName } from "../format/is-file-name.ts";
import type { DataUse, RunEntry } from "../index/index-file.ts";

/** Runs by what they read and wrote. A run's rank is its place among them, oldest first. */
export interface LinkedRuns {
  readonly runs: readonly RunEntry[];
  readonly rankOf: ReadonlyMap<string, number>;
  /** Ranks of the runs that may have written what a run read begin before this one: those that had started when it ended. */
  until(rank: number): number;
  /** The run before it in the same kernel, whose variables it found; null for one of a fresh kernel. */
  predecessor(rank: number): number | null;
  /** The run that found this one's variables; null when none did. */
  successor(rank: number): number | null;
  readonly writes: DataIndex;
  readonly reads: DataIndex;
}

/** Uses of one kind, oldest first in each list. */
export interface DataIndex {
  readonly bySha256: Lists;
  readonly all: NamedUses;
  /** Those whose names do not tell the bytes. */
  readonly loose: NamedUses;
}

/** Uses by their names. */
export interface NamedUses {
  readonly byPath: Lists;
  /** Those of files somewhere in a folder, by the folder. */
  readonly below: Lists;
}

type Lists = ReadonlyMap<string, readonly Place[]>;

/** One use, and the rank of its run. */
export interface Place {
  readonly rank: number;
  readonly use: DataUse;
}

/** Links runs, oldest first. Linear in what they used. */
export function linkRuns(runs: readonly RunEntry[]): LinkedRuns {
  const writes = emptyIndex();
  const reads = emptyIndex();
  const starts: number[] = [];
  const previous: (number | null)[] = [];
  const next = new Map<number, number>();
  const lastOf = new Map<string, number>();
  for (const [rank, { session, cellsBefore, uses, summary }] of runs.entries()) {
    starts.push(Date.parse(summary.startedAt));
    const before = cellsBefore === 0 ? null : (lastOf.get(session) ?? null);
    previous.push(before);
    if (before !== null) next.set(before, rank);
    lastOf.set(session, rank);
    for (const use of uses) add(use.access === "write" ? writes : reads, { rank, use });
  }
  return {
    runs,
    rankOf: new Map(runs.map(({ summary }, rank) => [summary.id, rank])),
    until(rank) {
      const end = (starts[rank] ?? 0) + (runs[rank]?.summary.durationMs ?? 0);
      let after = rank + 1;
      while (after < starts.length && starts[after]! <= end) after++;
      return after;
    },
    predecessor: (rank) => previous[rank] ?? null,
    successor: (rank) => next.get(rank) ?? null,
    writes,
    reads,
  };
}

/** Whether a name does not tell the bytes: nobody knows them for sure, or the hash is of a list of files, each of which another run may use alone. */
export function isLoose({ sha256, isFolder, unstable }: DataUse): boolean {
  return sha256 === null || isFolder === true || unstable === true;
}

/** The folders that a path lies in, nearest first; none of an address, and of what a library made or a database answered. */
export function foldersOf(path: string): string[] {
  if (!isFileName(path)) return [];
  const folders: string[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    folders.push(path.slice(0, end));
  return folders;
}

function emptyIndex() {
  const named = () => ({ byPath: new Map<string, Place[]>(), below: new Map<string, Place[]>() });
  return { bySha256: new Map<string, Place[]>(), all: named(), loose: named() };
}

function add(index: ReturnType<typeof emptyIndex>, place: Place): void {
  const { path, sha256 } = place.use;
  if (sha256 !== null) push(index.bySha256, sha256, place);
  for (const { byPath, below } of isLoose(place.use) ? [index.all, index.loose] : [index.all]) {
    push(byPath, path, place);
    for (const folder of foldersOf(path)) push(below, folder, place);
  }
}

function push(map: Map<string, Place[]>, key: string, place: Place): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [place]);
  else known.push(place);
}

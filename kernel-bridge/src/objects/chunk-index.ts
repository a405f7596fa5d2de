import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ObjectStore } from "./object-store.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Where a chunk's bytes lie. */
export interface ChunkPlace {
  /** Absolute path of the segment. */
  readonly segment: string;
  readonly offset: number;
  readonly length: number;
}

/** Chunk, offset and length, as an index file lists them. */
export type ChunkEntry = readonly [chunk: string, offset: number, length: number];

/**
 * Where each chunk of a store lies. Index files are read once in a process: after that only those that other writers added.
 * One that cannot be read counts as empty, so that its chunks are stored anew.
 */
export async function chunkPlaces(store: ObjectStore): Promise<ReadonlyMap<string, ChunkPlace>> {
  const names = await readdir(segmentsOf(store)).catch(() => []);
  const present = new Set(names);
  const damaged = names.filter((name) => name.endsWith(".damaged")).length;
  let index = indexes.get(store.dir);
  // A new mark, or an index that is gone, takes back what was read.
  if (index?.damaged !== damaged || [...index.read].some((name) => !present.has(name))) {
    index = { damaged, read: new Set(), places: new Map() };
    indexes.set(store.dir, index);
  }
  for (const name of names) {
    if (!name.endsWith(".idx") || index.read.has(name)) continue;
    const segment = join(segmentsOf(store), `${basename(name, ".idx")}.seg`);
    // A whole copy elsewhere must not lose to one that is damaged, or in a segment that is gone or was cut short.
    const size = (await stat(segment).catch(nothingIfGone))?.size ?? 0;
    for (const [chunk, offset, length] of await readEntries(store, name)) {
      if (offset + length <= size && !present.has(markOf(segment, offset)))
        index.places.set(chunk, { segment, offset, length });
    }
    index.read.add(name);
  }
  return index.places;
}

/** Makes the chunks of a whole segment count. */
export function addToIndex(
  store: ObjectStore,
  segment: string,
  entries: readonly ChunkEntry[],
): Promise<void> {
  return writeAtomically(join(segmentsOf(store), `${segment}.idx`), JSON.stringify(entries), store);
}

/**
 * No longer counts the bytes at a place, because they were read and are damaged: whoever brings the chunk again stores it anew. The
 * mark is an empty file beside the segment, so that any number of processes may find the same damage at once.
 */
export async function markDamaged(store: ObjectStore, { segment, offset }: ChunkPlace): Promise<void> {
  await writeFile(join(segmentsOf(store), markOf(segment, offset)), "");
}

/** The folder of segments and their indexes. */
export function segmentsOf(store: ObjectStore): string {
  return join(store.dir, "segments");
}

const indexes = new Map<
  string,
  { readonly damaged: number; readonly read: Set<string>; readonly places: Map<string, ChunkPlace> }
>();

function markOf(segment: string, offset: number): string {
  return `${basename(segment, ".seg")}.${offset}.damaged`;
}

async function readEntries(store: ObjectStore, name: string): Promise<readonly ChunkEntry[]> {
  const text = await readFile(join(segmentsOf(store), name), "utf8").catch(nothingIfGone);
  try {
    return JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
}

function nothingIfGone(cause: NodeJS.ErrnoException): null {
  if (cause.code === "ENOENT") return null;
  throw cause;
}

import { randomUUID } from "node:crypto";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
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
  const names = await indexNames(store);
  const present = new Set(names);
  let index = indexes.get(store.dir);
  // An index file that is gone was replaced by one that lacks a damaged chunk.
  if (index === undefined || [...index.read].some((name) => !present.has(name))) {
    index = { read: new Set(), places: new Map() };
    indexes.set(store.dir, index);
  }
  for (const name of names) {
    if (index.read.has(name)) continue;
    const segment = join(segmentsOf(store), `${segmentId(name)}.seg`);
    // A whole copy elsewhere must not lose to one in a segment that is gone or was cut short.
    const { size } = await stat(segment).catch(() => ({ size: 0 }));
    for (const [chunk, offset, length] of await readEntries(store, name))
      if (offset + length <= size) index.places.set(chunk, { segment, offset, length });
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
  return writeAtomically(join(segmentsOf(store), `${segment}.idx`), JSON.stringify(entries));
}

/** No longer counts a chunk as stored, because its bytes are damaged: whoever brings them again stores them anew. The damaged bytes stay. */
export async function forgetChunk(store: ObjectStore, chunk: string): Promise<void> {
  for (const name of await indexNames(store)) {
    const entries = await readEntries(store, name);
    const left = entries.filter(([each]) => each !== chunk);
    if (left.length === entries.length) continue;
    await addToIndex(store, `${segmentId(name)}.${randomUUID()}`, left);
    await rm(join(segmentsOf(store), name), { force: true });
  }
}

/** The folder of segments and their indexes. */
export function segmentsOf(store: ObjectStore): string {
  return join(store.dir, "segments");
}

const indexes = new Map<string, { readonly read: Set<string>; readonly places: Map<string, ChunkPlace> }>();

async function indexNames(store: ObjectStore): Promise<string[]> {
  const names = await readdir(segmentsOf(store)).catch(() => []);
  return names.filter((name) => name.endsWith(".idx"));
}

/** `<segment>.idx`, or `<segment>.<id>.idx` once a chunk was taken out of it. */
function segmentId(index: string): string {
  return index.slice(0, index.indexOf("."));
}

async function readEntries(store: ObjectStore, name: string): Promise<readonly ChunkEntry[]> {
  try {
    return JSON.parse(await readFile(join(segmentsOf(store), name), "utf8"));
  } catch {
    return [];
  }
}

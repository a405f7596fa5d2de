import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { type ChunkId, hexOf, shortIdBytes } from "./chunks/chunk-id.ts";
import type { ObjectStore } from "./object-store.ts";
import {
  type Catalog,
  catalogOf,
  marksOf,
  oldFiles,
  oldRecipePath,
  segmentFolder,
} from "./segments/catalog.ts";
import { type ChunkReader, chunkReader } from "./segments/chunk-reader.ts";
import { filesOf, loadDeltas, loadRecipes, type Segment } from "./segments/segment.ts";
import { segmentWriter } from "./segments/segment-writer.ts";

/** Does a step of freeing while nobody stores or merges anything. */
export type Exclusively = <T>(step: () => Promise<T>) => Promise<T>;

/** How many bytes would go with some files, about: what they share with others stays. Changes nothing. */
export async function bytesOnlyIn(store: ObjectStore, files: ReadonlySet<string>): Promise<number> {
  const catalog = await catalogOf(store);
  const wanted = await wantedChunks(catalog, files);
  let bytes = 0;
  for (const segment of catalog.segments.values()) {
    const { directory } = segment;
    const deltas = await loadDeltas(segment);
    for (let at = 0; at < directory.count; at++) {
      if (wanted.has(directory.shortIdAt(at))) continue;
      const delta = directory.depthAt(at) === 0 ? null : deltas?.[directory.placeAt(at)];
      bytes += delta === null ? directory.lengthAt(at) : (delta?.literals.length ?? 0);
    }
  }
  return bytes;
}

/** The SHA-256 of the files that were last written to the store before a moment, in milliseconds since the epoch. */
export async function filesBefore(store: ObjectStore, moment: number): Promise<string[]> {
  const catalog = await catalogOf(store);
  const before = new Set(await catalog.files());
  const timeOf = async (path: string) =>
    (await stat(path).catch(() => null))?.mtimeMs ?? Number.POSITIVE_INFINITY;
  for (const segment of catalog.segments.values())
    if ((await timeOf(segment.path)) >= moment) for (const sha256 of listedIn(segment)) before.delete(sha256);
  for (const sha256 of await oldFiles(store))
    if ((await timeOf(oldRecipePath(store, sha256))) >= moment) before.delete(sha256);
  return [...before];
}

/**
 * Removes what `choose` names of the stored files, and every byte that no other file needs, what others are changes of among it: segments
 * are written anew without it. It is asked before each step, which is done while nobody stores anything, takes seconds and leaves a store
 * that is whole, whenever the process ends; what was not finished is by the next call. Answers how many bytes less the store takes. Fails
 * with `objects/unsure` where it cannot be read what a file is made of.
 */
export async function removeFiles(
  store: ObjectStore,
  choose: () => Promise<readonly string[]>,
  exclusively: Exclusively,
  stepMs = 2_000,
): Promise<number> {
  const progress: Progress = { copied: new Map(), listed: new Set(), looked: new Set(), own: new Set() };
  let freed = 0;
  for (let isDone = false; !isDone; ) {
    await exclusively(async () => {
      const before = await sizeOf(store);
      isDone = await removeSome(store, new Set(await choose()), progress, stepMs);
      freed += before - (await sizeOf(store));
    });
  }
  return freed;
}

/** What one call has done. */
interface Progress {
  /** Chunk → on how much its copy rests that this call wrote, and so has verified. */
  readonly copied: Map<string, number>;
  /** Files that this call listed anew. */
  readonly listed: Set<string>;
  /** Paths of segments that were looked at; and of those that this call wrote. */
  readonly looked: Set<string>;
  readonly own: Set<string>;
}

/** Writes segments anew for a while. True when there is nothing left to do. */
async function removeSome(
  store: ObjectStore,
  files: ReadonlySet<string>,
  progress: Progress,
  stepMs: number,
): Promise<boolean> {
  const began = Date.now();
  const reader = await chunkReader(store);
  try {
    const { catalog } = reader;
    const wanted = await wantedChunks(catalog, files);
    for (const sha256 of await oldFiles(store))
      if (files.has(sha256)) await rm(oldRecipePath(store, sha256), { force: true });
    const lists = (segment: Segment) => listedIn(segment).some((sha256) => files.has(sha256));
    // What lists a file goes before what only holds chunks of it: no file is listed whose chunks are gone, but by a crash in between.
    const segments = [...catalog.segments.values()].sort((a, b) => Number(lists(b)) - Number(lists(a)));
    const there = new Set(segments.map(({ path }) => path));
    let isDone = true;
    for (const segment of segments) {
      if (progress.looked.has(segment.path) || progress.own.has(segment.path)) continue;
      await rewrite(store, segment, { reader, files, wanted, progress });
      isDone = Date.now() - began < stepMs;
      if (!isDone) break;
    }
    // Nobody else stores anything now: what is new is of this call.
    for (const { path } of (await catalogOf(store)).segments.values())
      if (!there.has(path)) progress.own.add(path);
    if (!isDone) return false;
    // What a killed call had written anew already is in both places: the copies of this one count.
    for (const segment of (await catalogOf(store)).segments.values())
      if (!progress.own.has(segment.path) && isCopied(segment, progress))
        await rewrite(store, segment, { reader, files, wanted, progress, again: true });
    return true;
  } finally {
    await reader.close();
  }
}

interface Rewriting {
  readonly reader: ChunkReader;
  readonly files: ReadonlySet<string>;
  readonly wanted: ReadonlySet<string>;
  readonly progress: Progress;
  /** Whether what this call copied already may go. */
  readonly again?: boolean;
}

/** Writes a segment anew without what nobody wants; one of which something wanted cannot be read stays as it is. */
async function rewrite(
  store: ObjectStore,
  segment: Segment,
  { reader, files, wanted, progress, again = false }: Rewriting,
): Promise<void> {
  const { directory } = segment;
  progress.looked.add(segment.path);
  const [deltas, recipes] = await Promise.all([loadDeltas(segment), loadRecipes(segment)]);
  if (segment.form === 2 && (deltas === null || recipes === null)) return;
  const copy = (at: number) => progress.copied.get(directory.shortIdAt(at));
  const staying = Array.from({ length: directory.count }, (_, at) => at).filter(
    (at) => wanted.has(directory.shortIdAt(at)) && !(again && (copy(at) ?? 64) <= directory.depthAt(at)),
  );
  const isListed = (sha256: string) => !files.has(sha256) && !(again && progress.listed.has(sha256));
  const kept = directory.files.flatMap((file, at) => (isListed(file.sha256) ? [{ ...file, at }] : []));
  const flags = (ats: readonly number[]) => ats.filter((at) => directory.isFileAt(at));
  const isFile = (at: number) => directory.isFileAt(at) && isListed(hexOf(directory.idAt(at)));
  const isSame =
    staying.length === directory.count &&
    kept.length === directory.files.length &&
    flags(staying).every(isFile);
  if (isSame) return;
  const writer = segmentWriter(store);
  try {
    for (const at of staying.sort((a, b) => directory.depthAt(a) - directory.depthAt(b))) {
      const id = directory.idAt(at);
      const bytes = await reader.read(id);
      if (typeof bytes === "string") return await writer.discard();
      const depth = directory.depthAt(at);
      const delta = depth === 0 ? undefined : deltas?.[directory.placeAt(at)];
      if (delta === undefined) await writer.add(id, bytes);
      else await writer.addDelta(id, bytes.length, depth, delta);
      if (isFile(at)) writer.addFile({ sha256: hexOf(id), size: bytes.length, chunks: [id] });
    }
    for (const { sha256, size, at } of kept) writer.addFile({ sha256, size, chunks: recipes![at]! });
    await writer.finish();
  } catch (cause) {
    await writer.discard();
    throw cause;
  }
  for (const at of staying) progress.copied.set(directory.shortIdAt(at), directory.depthAt(at));
  for (const at of flags(staying)) if (isFile(at)) progress.listed.add(hexOf(directory.idAt(at)));
  for (const { sha256 } of kept) progress.listed.add(sha256);
  const names = await readdir(segmentFolder(store));
  const marks = marksOf(segment, names).map((name) => join(segmentFolder(store), name));
  for (const path of [...filesOf(segment), ...marks]) await rm(path, { force: true });
}

async function sizeOf(store: ObjectStore): Promise<number> {
  const folder = segmentFolder(store);
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map(async (name) => (await stat(join(folder, name)).catch(() => null))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function isCopied({ directory }: Segment, { copied, listed }: Progress): boolean {
  const ats = Array.from({ length: directory.count }, (_, at) => at);
  return (
    ats.some((at) => (copied.get(directory.shortIdAt(at)) ?? 64) <= directory.depthAt(at)) ||
    directory.files.some(({ sha256 }) => listed.has(sha256))
  );
}

function listedIn({ directory }: Segment): string[] {
  const flagged = Array.from({ length: directory.count }, (_, at) => at).filter((at) =>
    directory.isFileAt(at),
  );
  return [...directory.files.map(({ sha256 }) => sha256), ...flagged.map((at) => hexOf(directory.idAt(at)))];
}

/** The first bytes of the ids of all chunks that other files than some are made of, and of what those rest on, wherever a copy lies. */
async function wantedChunks(catalog: Catalog, without: ReadonlySet<string>): Promise<Set<string>> {
  const wanted = new Set<string>();
  const waiting: string[] = [];
  const want = (id: ChunkId) => {
    const short = id.slice(0, shortIdBytes);
    if (wanted.has(short)) return;
    wanted.add(short);
    waiting.push(short);
  };
  for (const sha256 of await catalog.files()) {
    if (without.has(sha256)) continue;
    const recipe = await catalog.recipe(sha256);
    if (recipe === null) throw unsure(sha256);
    for (const id of recipe) want(id);
  }
  const bases = new Map<string, string[]>();
  for (const segment of catalog.segments.values()) {
    const { directory } = segment;
    const deltas = await loadDeltas(segment);
    for (let at = 0; at < directory.count; at++) {
      if (directory.depthAt(at) === 0) continue;
      const short = directory.shortIdAt(at);
      bases.set(short, [...(bases.get(short) ?? []), ...(deltas?.[directory.placeAt(at)]?.bases ?? [])]);
    }
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const base of bases.get(next) ?? []) want(base);
  return wanted;
}

function unsure(sha256: string): Failure {
  return new Failure(
    "objects/unsure",
    `It cannot be read what the stored bytes of ${sha256.slice(0, 12)} are made of, so nothing more was freed.`,
    { advice: "`lookback fsck` says what is damaged; a run that reads the file unchanged mends it." },
  );
}

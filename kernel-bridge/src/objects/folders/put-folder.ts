import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { type ChunkId, chunkIdOf, hexOf, idOfHex } from "../chunks/chunk-id.ts";
import { windowBytes } from "../chunks/chunk-windows.ts";
import type { ObjectStore } from "../object-store.ts";
import { putFile } from "../put-file.ts";
import type { Segment } from "../segments/segment.ts";
import { lengthOf } from "../segments/segment.ts";
import { storeFault, withHash } from "../store-fault.ts";
import { addChunk, type Storing, storeStream, storing } from "../store-stream.ts";
import { folderLooks, rememberFolder } from "./folder-looks.ts";
import { breather, type FolderListing, listFolder, type SkippedFile } from "./list-folder.ts";
import { manifestText } from "./manifest.ts";

export interface PutFolder {
  /** Of the manifest, which is stored as a file; null when a file could not be read: nothing names what the folder held then. */
  readonly sha256: string | null;
  readonly files: number;
  /** Of all files together. */
  readonly size: number;
  /** Files that could not be read or changed meanwhile, with why. */
  readonly unread: readonly SkippedFile[];
  /** What is in the folder and no file, with why. */
  readonly skipped: readonly SkippedFile[];
  /** Files that were only hashed, with what `inspect` answered. */
  readonly withheld: readonly { readonly path: string; readonly failure: Failure }[];
}

export interface PutFolderOptions {
  /** Asked of each file that is read: what must not be stored is only hashed. Of a file all bytes come in order. */
  readonly inspect?: (path: string, size: number) => (bytes: Buffer) => Failure | null;
  /** The files that are meant, where not all are. */
  readonly listing?: FolderListing;
}

/**
 * Stores all files of a folder, and a manifest that lists them, as one: all of it counts, or nothing. Small files lie together in
 * segments; what looks as it did the last time, and is stored, is not read again. Fails as `putFile` does when the store's disk takes no
 * more; the failure's `data` has the manifest's `sha256` then, and the `size` of all files.
 */
export async function putFolder(
  store: ObjectStore,
  folder: string,
  options: PutFolderOptions = {},
  began = Date.now(),
): Promise<PutFolder> {
  const listing = options.listing ?? (await listFolder(folder));
  const looks = await folderLooks(store, folder);
  return storing(store, async (to) => {
    const isStored = await storedCheck(to);
    const rest = breather();
    const small = Buffer.alloc(smallBytes);
    const putting: Putting = { to, folder, listing, options, small, refused: null, unread: [], withheld: [] };
    const ids: (ChunkId | null)[] = [];
    let read = 0;
    for (let at = 0; at < listing.paths.length; at++) {
      const known = looks?.hashOf(listing, at) ?? null;
      const stored = known === null ? false : isStored(known);
      const isKnown = typeof stored === "boolean" ? stored : await stored;
      if (!isKnown) read++;
      ids.push(isKnown ? known : await putOne(putting, at));
      const pause = rest();
      if (pause !== undefined) await pause;
    }
    const { unread, withheld } = putting;
    const size = listing.sizes.reduce((sum, each) => sum + each, 0);
    const done = { files: listing.paths.length, size, unread, skipped: listing.skipped, withheld };
    if (unread.length > 0) {
      if (putting.refused !== null) throw putting.refused;
      await finish(to, folder, null);
      return { sha256: null, ...done };
    }
    const before = looks === null ? null : await to.reader.catalog.recipe(looks.sha256).catch(() => null);
    const manifest = await storeStream(to, reading(textOf(listing, ids)), { path: folder, before });
    const { sha256 } = manifest;
    const refused = putting.refused ?? manifest.refused;
    if (refused !== null) throw withHash(refused, sha256, size);
    if ((await to.reader.catalog.recipe(sha256).catch(() => null)) === null || to.writer.written > 0)
      to.writer.addFile({ sha256, size: manifest.size, chunks: manifest.chunks });
    await finish(to, folder, { sha256, size });
    const kept = new Set(withheld.map(({ path }) => path));
    const settled = ids.map((id, at) => (kept.has(listing.paths[at]!) ? null : id));
    // Few that look new are few to read again.
    if (looks === null || read > looks.count / 200)
      await rememberFolder(store, folder, listing, settled, sha256, began);
    return { sha256, ...done };
  });
}

interface Putting {
  readonly to: Storing;
  readonly folder: string;
  readonly listing: FolderListing;
  readonly options: PutFolderOptions;
  /** Room for a small file. */
  readonly small: Buffer;
  /** Why nothing is stored any more; what is left is only hashed. */
  refused: Failure | null;
  readonly unread: SkippedFile[];
  readonly withheld: { readonly path: string; readonly failure: Failure }[];
}

async function finish(to: Storing, folder: string, known: { sha256: string; size: number } | null) {
  try {
    await to.writer.finish();
  } catch (cause) {
    const fault = storeFault(cause, folder);
    throw fault === null || known === null ? (fault ?? cause) : withHash(fault, known.sha256, known.size);
  }
}

/** Whether a file of these bytes is stored. Most are one chunk in a segment that holds thousands: each segment is looked at once. */
async function storedCheck({
  reader,
  isWhole,
}: Storing): Promise<(id: ChunkId) => boolean | Promise<boolean>> {
  const whole = new Set<Segment>();
  for (const segment of reader.catalog.segments.values())
    if (segment.form === 2 && (await lengthOf(segment)) === segment.size) whole.add(segment);
  const slowly = async (id: ChunkId) => {
    const recipe = await reader.catalog.recipe(hexOf(id)).catch(() => null);
    for (const chunk of recipe ?? []) if (!(await isWhole(reader.catalog.find(chunk)))) return false;
    return recipe !== null;
  };
  return (id) => {
    const place = reader.catalog.find(id);
    const isPlain = place !== undefined && place.segment.directory.depthAt(place.at) === 0;
    return (isPlain && whole.has(place.segment)) || slowly(id);
  };
}

/** Hashes and stores a file; null when it could not be read as it was listed. */
async function putOne(putting: Putting, at: number): Promise<ChunkId | null> {
  const { folder, listing, options, unread } = putting;
  const path = listing.paths[at]!;
  const inspect = options.inspect?.(path, listing.sizes[at]!);
  try {
    const put =
      listing.sizes[at]! <= smallBytes
        ? await putSmall(putting, at, join(folder, path), inspect)
        : await putLarge(putting, at, join(folder, path), inspect);
    if (put === null) unread.push({ path, reason: "changed while it was read" });
    return put;
  } catch (cause) {
    unread.push({ path, reason: cause instanceof Error ? cause.message : String(cause) });
    return null;
  }
}

/** What is no longer is one chunk, wherever it is cut. */
const smallBytes = 16 * 1024;

async function putSmall(
  putting: Putting,
  at: number,
  path: string,
  inspect: ((bytes: Buffer) => Failure | null) | undefined,
): Promise<ChunkId | null> {
  const { small } = putting;
  const file = openSync(path, "r");
  let size = 0;
  let isSame = false;
  try {
    for (let count = -1; count !== 0 && size < small.length; size += count)
      count = readSync(file, small, size, small.length - size, null);
    isSame = size === putting.listing.sizes[at] && looksSame(putting.listing, at, fstatSync(file));
  } finally {
    closeSync(file);
  }
  if (!isSame) return null;
  const bytes = small.subarray(0, size);
  const id = chunkIdOf(bytes);
  const failure = inspect?.(bytes) ?? null;
  if (failure !== null) putting.withheld.push({ path: putting.listing.paths[at]!, failure });
  else await unlessRefused(putting, () => addSmall(putting.to, id, bytes, path));
  return id;
}

async function addSmall(to: Storing, id: ChunkId, bytes: Buffer, path: string): Promise<void> {
  if (to.writer.has(id)) return;
  if (bytes.length > 0) {
    const place = to.reader.catalog.find(id);
    if (place !== undefined && (await to.isWhole(place).catch(() => false))) return;
    await addChunk(to, id, bytes, null, path);
  }
  to.writer.addFile({ sha256: hexOf(id), size: bytes.length, chunks: bytes.length > 0 ? [id] : [] });
}

async function putLarge(
  putting: Putting,
  at: number,
  path: string,
  inspect: ((bytes: Buffer) => Failure | null) | undefined,
): Promise<ChunkId | null> {
  const { to, listing } = putting;
  // Of a file that is read window by window some chunks would be added before it is known that they must not be.
  if (inspect !== undefined && listing.sizes[at]! > windowBytes) return putAlone(putting, at, path, inspect);
  const file = await open(path, "r");
  try {
    const read = async (into: Buffer) => (await file.read(into, 0, into.length, null)).bytesRead;
    const stop = putting.refused;
    let withheld: Failure | null = null;
    const look = (bytes: Buffer) => {
      withheld ??= inspect?.(bytes) ?? null;
      return withheld ?? stop;
    };
    const { sha256, size, chunks, refused } = await storeStream(to, read, { path, inspect: look });
    if (size !== listing.sizes[at] || !looksSame(listing, at, await file.stat())) return null;
    if (withheld !== null) putting.withheld.push({ path: listing.paths[at]!, failure: withheld });
    else if (refused !== null) putting.refused = refused;
    else if ((await to.reader.catalog.recipe(sha256).catch(() => null)) === null)
      to.writer.addFile({ sha256, size, chunks });
    return idOfHex(sha256);
  } finally {
    await file.close();
  }
}

async function putAlone(
  putting: Putting,
  at: number,
  path: string,
  inspect: (bytes: Buffer) => Failure | null,
): Promise<ChunkId | null> {
  let withheld: Failure | null = null;
  const look = (bytes: Buffer) => {
    withheld ??= inspect(bytes);
    return withheld ?? putting.refused;
  };
  try {
    return idOfHex((await putFile(putting.to.store, path, { inspect: look })).sha256);
  } catch (cause) {
    const sha256 = cause instanceof Failure ? cause.data.sha256 : undefined;
    if (!(cause instanceof Failure) || typeof sha256 !== "string") throw cause;
    if (withheld !== null) putting.withheld.push({ path: putting.listing.paths[at]!, failure: withheld });
    else putting.refused ??= cause;
    return idOfHex(sha256);
  }
}

async function unlessRefused(putting: Putting, store: () => Promise<void>): Promise<void> {
  if (putting.refused !== null) return;
  try {
    await store();
  } catch (cause) {
    putting.refused = storeFault(cause, putting.folder);
    if (putting.refused === null) throw cause;
    await putting.to.writer.discard();
  }
}

function looksSame(
  listing: FolderListing,
  at: number,
  now: { mtimeMs: number; ctimeMs: number; ino: number },
) {
  return (
    now.mtimeMs === listing.mtimes[at] && now.ctimeMs === listing.ctimes[at] && now.ino === listing.inodes[at]
  );
}

function* textOf(listing: FolderListing, ids: readonly (ChunkId | null)[]): Generator<string> {
  const { paths, sizes } = listing;
  yield* manifestText(
    (function* () {
      for (const [at, path] of paths.entries())
        yield { path, sha256: ids[at] == null ? "" : hexOf(ids[at]), size: sizes[at]! };
    })(),
  );
}

/** Text as something that is read. */
function reading(parts: Iterator<string>): (into: Buffer) => Promise<number> {
  let left = Buffer.alloc(0);
  return async (into) => {
    if (left.length === 0) left = Buffer.from(parts.next().value ?? "");
    const count = left.copy(into);
    left = left.subarray(count);
    return count;
  };
}

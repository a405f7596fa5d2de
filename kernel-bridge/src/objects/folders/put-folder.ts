import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { type ChunkId, chunkIdOf, hexOf, idOfHex } from "../chunks/chunk-id.ts";
import { windowBytes } from "../chunks/chunk-windows.ts";
import type { ObjectStore } from "../object-store.ts";
import { putFile } from "../put-file.ts";
import { type ChunkPlace, catalogOf } from "../segments/catalog.ts";
import type { Segment } from "../segments/segment.ts";
import { lengthOf } from "../segments/segment.ts";
import { storeFault, withHash } from "../store-fault.ts";
import { addChunk, type Storing, storeStream, storing } from "../store-stream.ts";
import { breather } from "./breather.ts";
import { type FolderLooks, folderLooks, rememberFolder } from "./folder-looks.ts";
import {
  countOf,
  type FileRun,
  type FolderListing,
  listFolder,
  namesOf,
  type SkippedFile,
  sumOf,
} from "./list-folder.ts";
import { manifestOf } from "./manifest.ts";

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
  const [listing, looks] = await Promise.all([
    options.listing ?? listFolder(folder),
    folderLooks(store, folder),
    // Read while threads list.
    catalogOf(store),
  ]);
  return storing(store, async (to) => {
    const { files, size } = sumOf(listing);
    const putting: Putting = {
      to,
      folder,
      inspect: options.inspect,
      small: Buffer.alloc(smallBytes),
      refused: null,
      unread: [],
      withheld: [],
    };
    const { hashes, read } = await putFiles(putting, listing, looks);
    const { unread, withheld } = putting;
    const done = {
      files,
      size,
      unread,
      skipped: listing.skipped,
      withheld: withheld.map(({ at: _, ...each }) => each),
    };
    if (unread.length > 0) {
      if (putting.refused !== null) throw putting.refused;
      await finish(to, folder, null);
      return { sha256: null, ...done };
    }
    const before = looks === null ? null : await to.reader.catalog.recipe(looks.sha256).catch(() => null);
    // The same files, all as they were, have the same manifest.
    if (read === 0 && looks?.files === files && (await isAllWhole(to, before)))
      return { sha256: looks.sha256, ...done };
    const text = reading(manifestOf(listing.runs, hashes));
    const manifest = await storeStream(to, text, { path: folder, before });
    const { sha256 } = manifest;
    const refused = putting.refused ?? manifest.refused;
    if (refused !== null) throw withHash(refused, sha256, size);
    if ((await to.reader.catalog.recipe(sha256).catch(() => null)) === null || to.writer.written > 0)
      to.writer.addFile({ sha256, size: manifest.size, chunks: manifest.chunks });
    await finish(to, folder, { sha256, size });
    const lacking = new Set(withheld.map(({ at }) => at));
    // Few that look new are few to read again.
    if (looks === null || read > looks.files / 200)
      await rememberFolder(
        store,
        folder,
        listing,
        { sha256, hashes, isKept: (at) => !lacking.has(at) },
        began,
      );
    return { sha256, ...done };
  });
}

async function isAllWhole({ reader, isWhole }: Storing, chunks: readonly ChunkId[] | null): Promise<boolean> {
  for (const id of chunks ?? []) if (!(await isWhole(reader.catalog.find(id)))) return false;
  return chunks !== null;
}

/** Stores every file that is not known to be stored; answers the hashes of all, 32 bytes each, and how many were read. */
async function putFiles(putting: Putting, { runs }: FolderListing, looks: FolderLooks | null) {
  const isStored = await storedCheck(putting.to);
  const rest = breather();
  const all: Buffer[] = [];
  let [read, first] = [0, 0];
  for (const run of runs) {
    const known = looks?.hashesOf(run) ?? { hashes: Buffer.alloc(countOf(run) * 32), isKnown: () => false };
    const hashes = Buffer.from(known.hashes);
    let names: readonly string[] | null = null;
    for (let at = 0; at < countOf(run); at++) {
      const stored = known.isKnown(at) && isStored(hashes.toString("latin1", at * 32, at * 32 + 32));
      if (!(typeof stored === "boolean" ? stored : await stored)) {
        read++;
        names ??= namesOf(run);
        const id = await putOne(putting, {
          path: run.below + names[at],
          look: lookAt(run, at),
          at: first + at,
        });
        hashes.write(id ?? "", at * 32, "latin1");
      }
      const pause = rest();
      if (pause !== undefined) await pause;
    }
    first += countOf(run);
    all.push(hashes);
  }
  return { hashes: Buffer.concat(all), read };
}

interface Putting {
  readonly to: Storing;
  readonly folder: string;
  readonly inspect: PutFolderOptions["inspect"];
  /** Room for a small file. */
  readonly small: Buffer;
  /** Why nothing is stored any more; what is left is only hashed. */
  refused: Failure | null;
  readonly unread: SkippedFile[];
  readonly withheld: { readonly path: string; readonly failure: Failure; readonly at: number }[];
}

/** A file that is put. */
interface OneFile {
  /** From the folder. */
  readonly path: string;
  readonly look: Look;
  /** Which of all files it is. */
  readonly at: number;
}

interface Look {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}

function lookAt({ looks }: FileRun, at: number): Look {
  const [size, mtimeMs, ctimeMs, ino] = looks.subarray(at * 4, at * 4 + 4) as unknown as [
    number,
    number,
    number,
    number,
  ];
  return { size, mtimeMs, ctimeMs, ino };
}

async function finish(to: Storing, folder: string, known: { sha256: string; size: number } | null) {
  try {
    await to.writer.finish();
  } catch (cause) {
    const fault = storeFault(cause, folder);
    throw fault === null || known === null ? (fault ?? cause) : withHash(fault, known.sha256, known.size);
  }
}

/**
 * Whether a file of these bytes is stored. Most are one chunk in a segment that holds thousands, in the order they are asked for: each
 * segment is looked at once, and a file is looked for where the one before was found first.
 */
async function storedCheck(to: Storing): Promise<(id: ChunkId) => boolean | Promise<boolean>> {
  const { catalog } = to.reader;
  const whole = new Set<Segment>();
  for (const segment of catalog.segments.values())
    if (segment.form === 2 && catalog.isSound(segment) && (await lengthOf(segment)) === segment.size)
      whole.add(segment);
  const slowly = async (id: ChunkId) => {
    const recipe = await catalog.recipe(hexOf(id)).catch(() => null);
    return isAllWhole(to, recipe);
  };
  const isPlain = ({ segment: { directory }, at }: ChunkPlace) => directory.depthAt(at) === 0;
  let next: ChunkPlace | null = null;
  return (id) => {
    const isNext: boolean =
      next !== null && next.at < next.segment.directory.count && next.segment.directory.beginsAt(next.at, id);
    const place: ChunkPlace | undefined = isNext && next !== null ? next : catalog.find(id);
    if (place === undefined || !isPlain(place) || !whole.has(place.segment)) return slowly(id);
    next = { segment: place.segment, at: place.at + 1 };
    return true;
  };
}

/** Hashes and stores a file; null when it could not be read as it was listed. */
async function putOne(putting: Putting, file: OneFile): Promise<ChunkId | null> {
  const { path, look } = file;
  const inspect = putting.inspect?.(path, look.size);
  try {
    const put = await (look.size <= smallBytes ? putSmall : putLarge)(putting, file, inspect);
    if (put === null) putting.unread.push({ path, reason: "changed while it was read" });
    return put;
  } catch (cause) {
    putting.unread.push({ path, reason: cause instanceof Error ? cause.message : String(cause) });
    return null;
  }
}

/** What is no longer is one chunk, wherever it is cut. */
const smallBytes = 16 * 1024;

type Inspect = ((bytes: Buffer) => Failure | null) | undefined;

async function putSmall(putting: Putting, file: OneFile, inspect: Inspect): Promise<ChunkId | null> {
  const { small, folder } = putting;
  const path = join(folder, file.path);
  const opened = openSync(path, "r");
  let size = 0;
  let isSame = false;
  try {
    for (let count = -1; count !== 0 && size < small.length; size += count)
      count = readSync(opened, small, size, small.length - size, null);
    isSame = size === file.look.size && looksSame(file.look, fstatSync(opened));
  } finally {
    closeSync(opened);
  }
  if (!isSame) return null;
  const bytes = small.subarray(0, size);
  const id = chunkIdOf(bytes);
  const failure = inspect?.(bytes) ?? null;
  if (failure !== null) withhold(putting, file, failure);
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

async function putLarge(putting: Putting, file: OneFile, inspect: Inspect): Promise<ChunkId | null> {
  const { to, folder } = putting;
  const path = join(folder, file.path);
  // Of a file that is read window by window some chunks would be added before it is known that they must not be.
  if (inspect !== undefined && file.look.size > windowBytes) return putAlone(putting, file, inspect);
  const opened = await open(path, "r");
  try {
    const read = async (into: Buffer) => (await opened.read(into, 0, into.length, null)).bytesRead;
    const stop = putting.refused;
    let withheld: Failure | null = null;
    const look = (bytes: Buffer) => {
      withheld ??= inspect?.(bytes) ?? null;
      return withheld ?? stop;
    };
    const { sha256, size, chunks, refused } = await storeStream(to, read, { path, inspect: look });
    if (size !== file.look.size || !looksSame(file.look, await opened.stat())) return null;
    if (withheld !== null) withhold(putting, file, withheld);
    else if (refused !== null) putting.refused = refused;
    else if ((await to.reader.catalog.recipe(sha256).catch(() => null)) === null)
      to.writer.addFile({ sha256, size, chunks });
    return idOfHex(sha256);
  } finally {
    await opened.close();
  }
}

async function putAlone(
  putting: Putting,
  file: OneFile,
  inspect: NonNullable<Inspect>,
): Promise<ChunkId | null> {
  let withheld: Failure | null = null;
  const look = (bytes: Buffer) => {
    withheld ??= inspect(bytes);
    return withheld ?? putting.refused;
  };
  try {
    const path = join(putting.folder, file.path);
    return idOfHex((await putFile(putting.to.store, path, { inspect: look })).sha256);
  } catch (cause) {
    const sha256 = cause instanceof Failure ? cause.data.sha256 : undefined;
    if (!(cause instanceof Failure) || typeof sha256 !== "string") throw cause;
    if (withheld !== null) withhold(putting, file, withheld);
    else putting.refused ??= cause;
    return idOfHex(sha256);
  }
}

function withhold({ withheld }: Putting, { path, at }: OneFile, failure: Failure): void {
  withheld.push({ path, failure, at });
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

function looksSame(look: Look, now: { mtimeMs: number; ctimeMs: number; ino: number }) {
  return now.mtimeMs === look.mtimeMs && now.ctimeMs === look.ctimeMs && now.ino === look.ino;
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

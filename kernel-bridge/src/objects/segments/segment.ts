import { type FileHandle, open, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type ChunkId, idOfHex, keyOf, shortIdBytes } from "../chunks/chunk-id.ts";
import type { Delta } from "../deltas/delta-format.ts";
import {
  type Directory,
  deltasOf,
  directoryBytes,
  endBytes,
  readDirectory,
  recipesOf,
  type Section,
} from "./segment-format.ts";

/** A segment of the store whose directory was read. */
export interface Segment {
  /** Absolute path of what holds the bodies. */
  readonly path: string;
  readonly id: string;
  readonly size: number;
  readonly directory: Directory;
  /** Version 1 keeps its directory in a file beside it. */
  readonly form: 1 | 2;
}

/** Reads a segment's directory, by the name of the file that makes it count; null when it cannot be read, and holds nothing for that. */
export async function openSegment(folder: string, name: string): Promise<Segment | null> {
  if (name.endsWith(".idx")) return openOldSegment(folder, name);
  const path = join(folder, name);
  const file = await openIfThere(path);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    const end = await bytesAt(file, Math.max(0, size - endBytes), Math.min(size, endBytes));
    const length = directoryBytes(end);
    if (length === null || length > size) return null;
    const directory = readDirectory(await bytesAt(file, size - length, length), size);
    return directory && { path, id: basename(name, ".segment"), size, directory, form: 2 };
  } finally {
    await file.close();
  }
}

/** The deltas of a segment, in the order of its table; null when they are damaged or gone. */
export function loadDeltas(segment: Segment): Promise<readonly Delta[] | null> {
  return loaded(deltaCache, segment, segment.directory.deltas, deltasOf);
}

/** The chunks of each file with a recipe; null when they are damaged or gone. */
export function loadRecipes(segment: Segment): Promise<readonly (readonly ChunkId[])[] | null> {
  return loaded(recipeCache, segment, segment.directory.recipes, recipesOf);
}

/** The length of a segment's file now; 0 when it is gone. */
export async function lengthOf({ path }: Segment): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

type Cache<T> = Map<string, Promise<T | null>>;
const deltaCache: Cache<readonly Delta[]> = new Map();
const recipeCache: Cache<readonly (readonly ChunkId[])[]> = new Map();
const mostCached = 12;

/** What was read last is kept: a file's chunks lie in few segments. */
function loaded<T>(
  cache: Cache<T>,
  { path, directory }: Segment,
  { offset, length }: Section,
  read: (bytes: Buffer, directory: Directory) => T | null,
): Promise<T | null> {
  const known = cache.get(path);
  cache.delete(path);
  const value = known ?? readSection(path, offset, length).then((bytes) => bytes && read(bytes, directory));
  cache.set(path, value);
  // What could not be read may be there again: a disk that was away, a file that was put back.
  if (known === undefined)
    value.then(
      (found) => found === null && cache.delete(path),
      () => cache.delete(path),
    );
  for (const oldest of cache.keys()) {
    if (cache.size <= mostCached) break;
    cache.delete(oldest);
  }
  return value;
}

async function readSection(path: string, offset: number, length: number): Promise<Buffer | null> {
  const file = await openIfThere(path);
  if (file === null) return null;
  return bytesAt(file, offset, length).finally(() => file.close());
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  return open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw cause;
  });
}

/** Some bytes of a file; zeros where it is shorter. */
export async function bytesAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, offset + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes;
}

async function openOldSegment(folder: string, name: string): Promise<Segment | null> {
  const id = basename(name, ".idx");
  const path = join(folder, `${id}.seg`);
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  const listed = await readFile(join(folder, name), "utf8").catch(() => "");
  let entries: [string, number, number][];
  try {
    entries = JSON.parse(listed);
  } catch {
    return null;
  }
  const nothing = { offset: size, length: 0, sha256: "" };
  const directory: Directory = {
    count: entries.length,
    idAt: (at) => idOfHex(entries[at]![0]),
    shortIdAt: (at) => idOfHex(entries[at]![0].slice(0, 2 * shortIdBytes)),
    beginsAt: (at, id) => idOfHex(entries[at]![0]).startsWith(id),
    keyAt: (at) => keyOf(idOfHex(entries[at]![0].slice(0, 8))),
    lengthAt: (at) => entries[at]![2],
    depthAt: () => 0,
    isFileAt: () => false,
    placeAt: (at) => entries[at]![1],
    files: [],
    deltas: nothing,
    recipes: nothing,
  };
  return { path, id, size, directory, form: 1 };
}

/** The files a segment is made of. */
export function filesOf({ path, id, form }: Segment): readonly string[] {
  // Without the file that lists it a segment does not count, so that goes first.
  return form === 2 ? [path] : [join(dirname(path), `${id}.idx`), path];
}

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { type ChunkPlace, chunkPlaces, markDamaged } from "./chunk-index.ts";
import { chunksOf } from "./chunks-of.ts";
import { segmentWriter } from "./segment-writer.ts";
import { writeAtomically } from "./write-atomically.ts";

/**
 * Files by the SHA-256 of their whole content, stored as content-defined chunks that versions of a file share.
 *
 * `segments/<id>.seg` holds chunks end to end and `segments/<id>.idx` where each begins; `<id>.<offset>.damaged` takes one back that
 * was found damaged. `files/<sha256>.json` lists a file's chunks in order.
 * A file is written segment first, recipe last, each by rename: a crash leaves at most an unused segment.
 */
export interface ObjectStore {
  readonly dir: string;
}

interface Recipe {
  readonly size: number;
  readonly chunks: readonly string[];
}

/** The SHA-256 and size of a file as it is now. */
export async function hashFile(path: string): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(bytes);
    size += bytes.length;
  }
  return { sha256: hash.digest("hex"), size };
}

/**
 * Stores a file's bytes and answers what they hash to. Storing what is there already costs one hash; the memory it takes does not
 * grow with the file.
 *
 * Fails with `objects/changed`, with `objects/no-room` when what is new could take more than half of the disk that is left, and with
 * `objects/disk-full`; nothing is left behind then.
 */
export async function putFile(
  store: ObjectStore,
  path: string,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const file = await hashFile(path);
  if (await hasFile(store, file.sha256)) return file;
  await leaveRoom(store, path, file.size);
  try {
    await storeFile(store, path, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOSPC") throw cause;
    throw new Failure("objects/disk-full", `The disk is full. The bytes of ${path} were not stored.`, {
      advice: "Free some space and run again; the run itself is recorded with the file's hash.",
      data: { path, size: file.size },
      cause,
    });
  }
  return file;
}

/** A run must not be what fills somebody's disk. */
async function leaveRoom(store: ObjectStore, path: string, size: number): Promise<void> {
  await mkdir(store.dir, { recursive: true });
  const { bavail, bsize } = await statfs(store.dir);
  if (size <= (bavail * bsize) / 2) return;
  throw new Failure(
    "objects/no-room",
    `${path} is larger than half of what is left of the disk. Its bytes were not stored, only its hash.`,
    { advice: "Free some space and run again to store it.", data: { path, size } },
  );
}

/** Whether a file's bytes are stored, as far as is known without reading them: a segment that is gone or cut short holds none. */
export async function hasFile(store: ObjectStore, sha256: string): Promise<boolean> {
  const recipe = await readRecipe(store, sha256).catch(() => null);
  if (recipe === null) return false;
  const places = await chunkPlaces(store);
  const isWhole = lengthCheck();
  for (const chunk of recipe.chunks) if (!(await isWhole(places.get(chunk)))) return false;
  return true;
}

/** A stored file's bytes as one piece, verified as `readChunks` does. For what surely fits into memory. */
export async function getFile(store: ObjectStore, sha256: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const bytes of readChunks(store, sha256)) parts.push(bytes);
  return Buffer.concat(parts);
}

/** Reads and verifies a stored file in the memory of one chunk, and answers its size. Fails as `readChunks` does. */
export async function checkFile(store: ObjectStore, sha256: string): Promise<number> {
  let size = 0;
  for await (const bytes of readChunks(store, sha256)) size += bytes.length;
  return size;
}

/**
 * A stored file's bytes in order, verified chunk by chunk and, at the end, as a whole: they count only once it has ended. Fails with
 * `objects/missing` or `objects/corrupt`, naming the object. What is found damaged no longer counts as stored, so that the next
 * run that has the file stores it anew.
 */
export async function* readChunks(store: ObjectStore, sha256: string): AsyncGenerator<Buffer> {
  const recipe = await readRecipe(store, sha256);
  const hash = createHash("sha256");
  let damage: Failure | null = null;
  const places = await chunkPlaces(store);
  for (const chunk of recipe.chunks) {
    const read = await readAnyCopy(store, places.get(chunk), chunk);
    if (typeof read === "string") {
      damage ??= corrupt(sha256, read);
      continue;
    }
    hash.update(read);
    if (damage === null) yield read;
  }
  if (damage !== null) throw damage;
  if (hash.digest("hex") === sha256) return;
  await rm(recipePath(store, sha256), { force: true }).catch(() => undefined);
  throw corrupt(sha256, "its chunks do not make up the file");
}

/** The SHA-256 of every stored file. */
export async function listFiles(store: ObjectStore): Promise<string[]> {
  const names = await readdir(join(store.dir, "files")).catch(() => []);
  return names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name)).map((name) => name.slice(0, 64));
}

async function storeFile(store: ObjectStore, path: string, file: { sha256: string; size: number }) {
  await mkdir(join(store.dir, "files"), { recursive: true });
  const known = await chunkPlaces(store);
  const isWhole = lengthCheck();
  const segment = segmentWriter(store);
  const hash = createHash("sha256");
  const chunks: string[] = [];
  try {
    for await (const bytes of chunksOf(path)) {
      hash.update(bytes);
      const chunk = sha256Of(bytes);
      chunks.push(chunk);
      if (!(await isWhole(known.get(chunk)))) await segment.add(chunk, bytes);
    }
    if (hash.digest("hex") !== file.sha256) {
      throw new Failure("objects/changed", `${path} changed while it was read. Its bytes were not stored.`, {
        advice: "Run the cell again when nothing else writes the file.",
        data: { path },
      });
    }
    await segment.finish();
  } catch (cause) {
    await segment.discard();
    throw cause;
  }
  await writeAtomically(
    recipePath(store, file.sha256),
    JSON.stringify({ size: file.size, chunks } satisfies Recipe),
  );
}

/** Whether a chunk's segment is there and reaches to the chunk's end; looks at each segment once. */
function lengthCheck(): (place: ChunkPlace | undefined) => Promise<boolean> {
  const lengths = new Map<string, number>();
  return async (place) => {
    if (place === undefined) return false;
    const { segment, offset, length } = place;
    const size = lengths.get(segment) ?? (await stat(segment).catch(() => ({ size: 0 }))).size;
    lengths.set(segment, size);
    return offset + length <= size;
  };
}

/** The chunk's bytes, from another copy when one is found damaged, or what is wrong with them all. */
async function readAnyCopy(
  store: ObjectStore,
  place: ChunkPlace | undefined,
  chunk: string,
): Promise<Buffer | string> {
  const read = await readChunk(place, chunk);
  if (typeof read !== "string" || place === undefined) return read;
  // In a store that cannot be written nothing can be stored anew either.
  await markDamaged(store, place).catch(() => undefined);
  const other = (await chunkPlaces(store)).get(chunk);
  if (other === undefined || (other.segment === place.segment && other.offset === place.offset)) return read;
  return readAnyCopy(store, other, chunk);
}

/** The chunk's bytes, or what is wrong with them. */
async function readChunk(place: ChunkPlace | undefined, chunk: string): Promise<Buffer | string> {
  if (place === undefined) return `its chunk ${chunk.slice(0, 12)} is missing`;
  const file = await open(place.segment, "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw cause;
  });
  if (file === null) return `the segment of its chunk ${chunk.slice(0, 12)} is missing`;
  try {
    const bytes = Buffer.alloc(place.length);
    await file.read(bytes, 0, place.length, place.offset);
    return sha256Of(bytes) === chunk ? bytes : `its chunk ${chunk.slice(0, 12)} has changed on disk`;
  } finally {
    await file.close();
  }
}

async function readRecipe(store: ObjectStore, sha256: string): Promise<Recipe> {
  try {
    return JSON.parse(await readFile(recipePath(store, sha256), "utf8"));
  } catch (cause) {
    throw new Failure("objects/missing", `The bytes of ${sha256.slice(0, 12)} are not in the store.`, {
      data: { sha256 },
      cause,
    });
  }
}

function recipePath(store: ObjectStore, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new Failure("objects/bad-name", `"${sha256}" is no SHA-256. Nothing was read.`);
  return join(store.dir, "files", `${sha256}.json`);
}

function corrupt(sha256: string, why: string): Failure {
  return new Failure(
    "objects/corrupt",
    `The stored bytes of ${sha256.slice(0, 12)} are damaged: ${why}. They were not given out.`,
    {
      advice: "If the original file is still unchanged, run the notebook again to store it anew.",
      data: { sha256 },
    },
  );
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

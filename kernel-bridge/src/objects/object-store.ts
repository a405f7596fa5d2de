import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { chunkEnds } from "./chunk-bytes.ts";
import { writeAtomically } from "./write-atomically.ts";

/**
 * Files by the SHA-256 of their whole content, stored as content-defined chunks that versions of a file share.
 *
 * `segments/<id>.seg` holds chunks end to end and `segments/<id>.idx` where each begins; `files/<sha256>.json` lists a file's chunks in order.
 * A file is written segment first, recipe last, each by rename: a crash leaves at most an unused segment.
 */
export interface ObjectStore {
  readonly dir: string;
}

interface Recipe {
  readonly size: number;
  readonly chunks: readonly string[];
}

/** Files larger than this are named by hash only. */
export const largestStoredFile = 1 << 30;

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
 * Stores a file's bytes and answers what they hash to. Storing what is there already costs one hash.
 *
 * Fails with `objects/too-large` above 1 GiB and `objects/disk-full`; nothing is left behind then.
 */
export async function putFile(
  store: ObjectStore,
  path: string,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const { size } = await stat(path);
  if (size > largestStoredFile) {
    throw new Failure(
      "objects/too-large",
      `${path} is larger than 1 GiB. Its bytes were not stored, only its hash.`,
      {
        data: { path, size },
      },
    );
  }
  const bytes = await readFile(path);
  const sha256 = sha256Of(bytes);
  if (await hasFile(store, sha256)) return { sha256, size: bytes.length };
  try {
    await storeBytes(store, bytes, sha256);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOSPC") throw cause;
    throw new Failure("objects/disk-full", `The disk is full. The bytes of ${path} were not stored.`, {
      advice: "Free some space and run again; the run itself is recorded with the file's hash.",
      data: { path, size },
      cause,
    });
  }
  return { sha256, size: bytes.length };
}

export async function hasFile(store: ObjectStore, sha256: string): Promise<boolean> {
  return stat(recipePath(store, sha256)).then(
    () => true,
    () => false,
  );
}

/** A stored file's bytes, verified chunk by chunk and as a whole. Fails with `objects/missing` or `objects/corrupt`, naming the object. */
export async function getFile(store: ObjectStore, sha256: string): Promise<Buffer> {
  const recipe = await readRecipe(store, sha256);
  const known = await chunkPlaces(store);
  const parts: Buffer[] = [];
  for (const chunk of recipe.chunks) parts.push(await readChunk(known, chunk, sha256));
  const bytes = Buffer.concat(parts);
  if (sha256Of(bytes) !== sha256) throw corrupt(sha256, "its chunks do not make up the file");
  return bytes;
}

/** The SHA-256 of every stored file. */
export async function listFiles(store: ObjectStore): Promise<string[]> {
  const names = await readdir(join(store.dir, "files")).catch(() => []);
  return names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name)).map((name) => name.slice(0, 64));
}

async function storeBytes(store: ObjectStore, bytes: Buffer, sha256: string): Promise<void> {
  await mkdir(join(store.dir, "segments"), { recursive: true });
  await mkdir(join(store.dir, "files"), { recursive: true });
  const known = await chunkPlaces(store);
  const fresh = new Map<string, Buffer>();
  const chunks: string[] = [];
  let start = 0;
  for (const end of chunkEnds(bytes)) {
    const chunk = bytes.subarray(start, end);
    const id = sha256Of(chunk);
    chunks.push(id);
    if (!known.has(id)) fresh.set(id, chunk);
    start = end;
  }
  if (fresh.size > 0) await writeSegment(store, fresh);
  await writeAtomically(
    recipePath(store, sha256),
    JSON.stringify({ size: bytes.length, chunks } satisfies Recipe),
  );
}

async function writeSegment(store: ObjectStore, chunks: ReadonlyMap<string, Buffer>): Promise<void> {
  const id = randomUUID();
  const path = join(store.dir, "segments", `${id}.seg`);
  const temporary = `${path}.tmp`;
  const places: [string, number, number][] = [];
  const file = await open(temporary, "wx");
  try {
    let offset = 0;
    for (const [chunk, bytes] of chunks) {
      await file.write(bytes);
      places.push([chunk, offset, bytes.length]);
      offset += bytes.length;
    }
    await file.sync();
  } catch (cause) {
    await file.close();
    await rm(temporary, { force: true });
    throw cause;
  }
  await file.close();
  await rename(temporary, path);
  // The index makes the segment count, so it comes after it.
  await writeAtomically(join(store.dir, "segments", `${id}.idx`), JSON.stringify(places));
}

interface Place {
  readonly segment: string;
  readonly offset: number;
  readonly length: number;
}

async function chunkPlaces(store: ObjectStore): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  const folder = join(store.dir, "segments");
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith(".idx")) continue;
    const segment = join(folder, `${name.slice(0, -4)}.seg`);
    for (const [chunk, offset, length] of JSON.parse(await readFile(join(folder, name), "utf8"))) {
      places.set(chunk, { segment, offset, length });
    }
  }
  return places;
}

async function readChunk(places: ReadonlyMap<string, Place>, chunk: string, of: string): Promise<Buffer> {
  const place = places.get(chunk);
  if (place === undefined) throw corrupt(of, `its chunk ${chunk.slice(0, 12)} is missing`);
  const file = await open(place.segment, "r").catch(() => null);
  if (file === null) throw corrupt(of, `the segment of its chunk ${chunk.slice(0, 12)} is missing`);
  try {
    const bytes = Buffer.alloc(place.length);
    await file.read(bytes, 0, place.length, place.offset);
    if (sha256Of(bytes) !== chunk) throw corrupt(of, `its chunk ${chunk.slice(0, 12)} has changed on disk`);
    return bytes;
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

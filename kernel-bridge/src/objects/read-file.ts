import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { type ChunkPlace, chunkPlaces, markDamaged } from "./chunk-index.ts";
import type { ObjectStore } from "./object-store.ts";
import { readRecipe, recipePath } from "./recipe.ts";
import { sha256Of } from "./sha256-of.ts";

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

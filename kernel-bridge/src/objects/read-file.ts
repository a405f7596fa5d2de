import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { Failure } from "../failure.ts";
import type { ObjectStore } from "./object-store.ts";
import { catalogOf, oldRecipePath } from "./segments/catalog.ts";
import { type ChunkReader, chunkReader } from "./segments/chunk-reader.ts";

/**
 * A stored file's bytes in order, verified chunk by chunk and, at the end, as a whole: they count only once it has ended. Each piece is
 * valid until the next is asked for. Fails with `objects/missing` or `objects/corrupt`, naming the object. What is found damaged no longer
 * counts as stored, so that the next run that has the file stores it anew.
 */
export async function* readChunks(store: ObjectStore, sha256: string): AsyncGenerator<Buffer> {
  checkName(sha256);
  const reader = await chunkReader(store);
  try {
    yield* readWith(reader, store, sha256);
  } finally {
    await reader.close();
  }
}

/** A stored file's bytes as one piece, verified as `readChunks` does. For what surely fits into memory. */
export async function getFile(store: ObjectStore, sha256: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const bytes of readChunks(store, sha256)) parts.push(Buffer.from(bytes));
  return Buffer.concat(parts);
}

/** Reads and verifies a stored file in the memory of one chunk, and answers its size. Fails as `readChunks` does. Whoever checks many has a reader. */
export async function checkFile(store: ObjectStore, sha256: string, reader?: ChunkReader): Promise<number> {
  let size = 0;
  const chunks = reader === undefined ? readChunks(store, sha256) : readWith(reader, store, sha256);
  for await (const bytes of chunks) size += bytes.length;
  return size;
}

/** The SHA-256 of every stored file. */
export async function listFiles(store: ObjectStore): Promise<string[]> {
  return (await catalogOf(store)).files();
}

/** As `readChunks`, for whoever reads many files. */
export async function* readWith(
  reader: ChunkReader,
  store: ObjectStore,
  sha256: string,
): AsyncGenerator<Buffer> {
  const recipe = await reader.catalog.recipe(sha256);
  if (recipe === null) {
    throw new Failure("objects/missing", `The bytes of ${sha256.slice(0, 12)} are not in the store.`, {
      data: { sha256 },
    });
  }
  const hash = createHash("sha256");
  let damage: Failure | null = null;
  for (const chunk of recipe) {
    const read = await reader.read(chunk);
    if (typeof read === "string") {
      damage ??= corrupt(sha256, read);
      continue;
    }
    hash.update(read);
    if (damage === null) yield read;
  }
  if (damage !== null) throw damage;
  if (hash.digest("hex") === sha256) return;
  await rm(oldRecipePath(store, sha256), { force: true }).catch(() => undefined);
  throw corrupt(sha256, "its chunks do not make up the file");
}

function checkName(sha256: string): void {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new Failure("objects/bad-name", `"${sha256}" is no SHA-256. Nothing was read.`);
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

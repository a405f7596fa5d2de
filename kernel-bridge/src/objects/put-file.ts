import { createHash } from "node:crypto";
import { mkdir, statfs } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { chunkPlaces } from "./chunk-index.ts";
import { chunksOf } from "./chunks-of.ts";
import { hasFile, lengthCheck } from "./has-file.ts";
import { hashFile } from "./hash-file.ts";
import type { ObjectStore } from "./object-store.ts";
import { type Recipe, recipePath } from "./recipe.ts";
import { segmentWriter } from "./segment-writer.ts";
import { sha256Of } from "./sha256-of.ts";
import { writeAtomically } from "./write-atomically.ts";

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

async function storeFile(store: ObjectStore, path: string, file: { sha256: string; size: number }) {
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
    store,
  );
}

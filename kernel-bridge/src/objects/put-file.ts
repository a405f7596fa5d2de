import { open } from "node:fs/promises";
import { Failure } from "../failure.ts";
import type { ObjectStore } from "./object-store.ts";
import { sourceFault, storeFault, withHash } from "./store-fault.ts";
import { type Streamed, storeStream, storing } from "./store-stream.ts";

export interface PutOptions {
  /** The SHA-256 of what the file held before, where it is known: what has changed little is stored as changes of that. */
  readonly before?: string | null;
  /** Given all bytes in order, as they are read. Once it answers why they must not be stored, they are only hashed. */
  readonly inspect?: (bytes: Buffer) => Failure | null | Promise<Failure | null>;
  /** Files of more bytes are only hashed. */
  readonly mostBytes?: number;
}

/**
 * Stores a file's bytes and answers what they hash to, in one pass; the memory it takes does not grow with the file.
 *
 * What was not stored fails, and nothing is left behind: with what `inspect` answered, `objects/too-large`, `objects/no-room` when what is
 * new would take more than half of the disk that is left, `objects/disk-full`, `objects/over-quota`, `objects/file-too-large`,
 * `objects/not-writable` or `objects/disk-error`: the failure's `data` has `sha256` and `size` then. Or with `objects/changed` or
 * `objects/unreadable`, when there is no one content to speak of.
 */
export async function putFile(
  store: ObjectStore,
  path: string,
  options: PutOptions = {},
): Promise<{ readonly sha256: string; readonly size: number }> {
  return storing(store, async (to) => {
    const read = await readOnce(path, async (read, size) => {
      const { before, inspect, mostBytes = Number.POSITIVE_INFINITY } = options;
      const known = before ? await to.reader.catalog.recipe(before).catch(() => null) : null;
      const tooLarge = size > mostBytes ? overLimit(path, size, mostBytes) : null;
      return storeStream(to, read, {
        path,
        before: known,
        inspect: tooLarge === null ? inspect : () => tooLarge,
      });
    });
    const { sha256, size, chunks, refused } = read;
    if (refused !== null) throw withHash(refused, sha256, size);
    try {
      const recipe = await to.reader.catalog.recipe(sha256).catch(() => null);
      if (recipe === null || to.writer.written > 0) to.writer.addFile({ sha256, size, chunks });
      await to.writer.finish();
    } catch (cause) {
      const fault = storeFault(cause, path);
      throw fault === null ? cause : withHash(fault, sha256, size);
    }
    return { sha256, size };
  });
}

/** Reads a file from its beginning to its end, and fails with `objects/changed` when that was no single content, or `objects/unreadable`. */
async function readOnce(
  path: string,
  run: (read: (into: Buffer) => Promise<number>, size: number) => Promise<Streamed>,
): Promise<Streamed> {
  const failed = (cause: unknown) => {
    throw sourceFault(cause, path);
  };
  const file = await open(path, "r").catch(failed);
  try {
    const before = await file.stat({ bigint: true }).catch(failed);
    const read = async (into: Buffer) =>
      (await file.read(into, 0, into.length, null).catch(failed)).bytesRead;
    const streamed = await run(read, Number(before.size));
    const after = await file.stat({ bigint: true }).catch(failed);
    const isSame = after.mtimeNs === before.mtimeNs && after.size === before.size;
    if (isSame && streamed.size === Number(before.size)) return streamed;
    throw new Failure("objects/changed", `${path} changed while it was read. Its bytes were not stored.`, {
      advice: "Run the cell again when nothing else writes the file.",
      data: { path },
    });
  } finally {
    await file.close();
  }
}

/** Why a file of so many bytes is not stored where it may have no more than `most`. */
export function overLimit(path: string, size: number, most: number): Failure {
  const mib = (bytes: number) => `${Math.ceil(bytes / 2 ** 20).toLocaleString("en-US")} MiB`;
  return new Failure(
    "objects/too-large",
    `${path} has ${mib(size)}, more than the ${mib(most)} that are stored of one file. Its bytes were not stored, only its hash.`,
    { advice: "Raise the limit to store it.", data: { path, most } },
  );
}

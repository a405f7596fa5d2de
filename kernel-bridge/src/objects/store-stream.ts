import { createHash } from "node:crypto";
import { mkdir, statfs } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { withCutter } from "./chunks/chunk-cutter.ts";
import { type ChunkId, chunkIdOf } from "./chunks/chunk-id.ts";
import { chunkWindows, type Read, roomFor, windowBytes } from "./chunks/chunk-windows.ts";
import { type BaseChange, type BaseFinder, baseFinder } from "./deltas/base-finder.ts";
import type { ObjectStore } from "./object-store.ts";
import { type ChunkPlace, wholeCheck } from "./segments/catalog.ts";
import { type ChunkReader, chunkReader } from "./segments/chunk-reader.ts";
import { type SegmentWriter, segmentWriter } from "./segments/segment-writer.ts";
import { storeFault } from "./store-fault.ts";

/** What is being stored together: all of it counts, or nothing. */
export interface Storing {
  readonly store: ObjectStore;
  readonly reader: ChunkReader;
  readonly writer: SegmentWriter;
  readonly isWhole: (place: ChunkPlace | undefined) => Promise<boolean>;
  /** How many bytes may be written: a run must not be what fills somebody's disk. */
  room: number | null;
}

/** Begins to store, does something, and makes it count; when that fails nothing is left. */
export async function storing<T>(store: ObjectStore, run: (storing: Storing) => Promise<T>): Promise<T> {
  const reader = await chunkReader(store);
  const writer = segmentWriter(store);
  try {
    return await run({ store, reader, writer, isWhole: wholeCheck(reader.catalog), room: null });
  } catch (cause) {
    await writer.discard();
    throw cause;
  } finally {
    await reader.close();
  }
}

/** What was read once to its end. */
export interface Streamed {
  readonly sha256: string;
  readonly size: number;
  readonly chunks: readonly ChunkId[];
  /** Why not all of it was added to what is stored; null when it was. */
  readonly refused: Failure | null;
}

export interface StreamOptions {
  /** Names it in what is said. */
  readonly path: string;
  /** The chunks of the version before. */
  readonly before?: readonly ChunkId[] | null;
  /** Given all bytes in order; once it answers why not, they are hashed on and not stored. */
  readonly inspect?: ((bytes: Buffer) => Failure | null | Promise<Failure | null>) | undefined;
}

/** Reads something once: hashes it, cuts it, and adds those of its chunks that are not stored. The caller adds the file itself. */
export async function storeStream(to: Storing, read: Read, options: StreamOptions): Promise<Streamed> {
  const hash = createHash("sha256");
  const storer = chunkStorer(to, baseFinder(to.reader, options.before ?? null), options.path);
  const chunks: ChunkId[] = [];
  let size = 0;
  let refused: Failure | null = null;
  await withCutter(roomFor(windowBytes), async (cutter) => {
    for await (const window of chunkWindows(read, cutter)) {
      hash.update(window.bytes);
      size += window.bytes.length;
      refused ??= (await options.inspect?.(window.bytes)) ?? null;
      if (refused !== null) continue;
      try {
        for (const bytes of window.chunks) chunks.push(await storer.add(bytes));
        if (window.bytes.length === 0) await storer.finish();
      } catch (cause) {
        refused = storeFault(cause, options.path);
        if (refused === null) throw cause;
        await to.writer.discard();
      }
    }
  });
  return { sha256: hash.digest("hex"), size, chunks, refused };
}

/** Takes chunks in order and stores those that are new. */
function chunkStorer(to: Storing, bases: BaseFinder, path: string) {
  const { writer, reader } = to;
  const held: { readonly id: ChunkId; readonly bytes: Buffer }[] = [];
  const storeNew = async (id: ChunkId, bytes: Buffer) =>
    addChunk(to, id, bytes, await bases.change(bytes), path);
  const finish = async () => {
    for (const { id, bytes } of held.splice(0)) await storeNew(id, bytes);
  };
  return {
    async add(bytes: Buffer): Promise<ChunkId> {
      const id = chunkIdOf(bytes);
      const place = reader.catalog.find(id);
      const isThere = place !== undefined && (await to.isWhole(place).catch(() => false));
      if (isThere && held.length > 0) bases.find(place, held.length);
      if (isThere || writer.has(id)) {
        await finish();
        bases.known(id, place);
      } else if (bases.isLost && held.length < mostHeld) held.push({ id, bytes: Buffer.from(bytes) });
      else {
        await finish();
        await storeNew(id, bytes);
      }
      return id;
    },
    finish,
  };
}

/** Adds a new chunk, as it is or as a change of others, unless that would fill the disk. */
export async function addChunk(
  to: Storing,
  id: ChunkId,
  bytes: Buffer,
  change: BaseChange | null,
  path: string,
): Promise<void> {
  to.room ??= await roomOf(to.store);
  if (to.writer.written + (change?.delta.literals.length ?? bytes.length) > to.room) throw noRoom(path);
  if (change === null) await to.writer.add(id, bytes);
  else await to.writer.addDelta(id, bytes.length, change.depth, change.delta);
}

/** Some megabytes: what a file begins with, before something in it is known. */
const mostHeld = 32;

function noRoom(path: string): Failure {
  return new Failure(
    "objects/no-room",
    `What is new in ${path} is larger than half of what is left of the disk. Its bytes were not stored, only its hash.`,
    { advice: "Free some space and run again to store it.", data: { path } },
  );
}

async function roomOf(store: ObjectStore): Promise<number> {
  await mkdir(store.dir, { recursive: true });
  const { bavail, bsize } = await statfs(store.dir);
  return (bavail * bsize) / 2;
}

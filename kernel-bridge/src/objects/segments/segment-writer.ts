import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ChunkId } from "../chunks/chunk-id.ts";
import type { Delta } from "../deltas/delta-format.ts";
import type { ObjectStore } from "../object-store.ts";
import { intoPlace, syncFolder } from "../write-atomically.ts";
import { segmentFolder } from "./catalog.ts";
import { type ChunkEntry, type FileEntry, segmentTail } from "./segment-format.ts";

/** What is about to be stored, as one segment or several. Nothing of it counts before `finish`; a crash leaves at most unused files. */
export interface SegmentWriter {
  /** Bytes of chunks that were added, as they take room. */
  readonly written: number;
  has(id: ChunkId): boolean;
  /** Appends a chunk as it is, once. */
  add(id: ChunkId, bytes: Uint8Array): Promise<void>;
  /** Adds a chunk as a change of others, once. */
  addDelta(id: ChunkId, length: number, depth: number, delta: Delta): Promise<void>;
  /** Says what a file is made of. All its chunks are stored, or were added before. */
  addFile(file: FileEntry): void;
  /** Makes what was added durable, then count: the chunks of a file before the file. Answers the ids of the segments, in that order; none without anything. */
  finish(): Promise<readonly string[]>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Begins to store something. */
export function segmentWriter(store: ObjectStore): SegmentWriter {
  const seen = new Set<ChunkId>();
  const written: string[] = [];
  let buffer: Buffer | null = null;
  let open_: { readonly path: string; readonly file: FileHandle } | null = null;
  let chunks: ChunkEntry[] = [];
  let files: FileEntry[] = [];
  let bodies = 0;
  let steps = 0;
  let held = 0;
  let total = 0;

  const flush = async () => {
    open_ ??= await begin(store);
    if (buffer !== null) await writeAll(open_.file, buffer.subarray(0, held));
    held = 0;
  };
  const close = async () => {
    const was = open_;
    open_ = null;
    await was?.file.close();
  };
  const seal = async () => {
    if (chunks.length === 0 && files.length === 0) return;
    await flush();
    const { file, path } = open_!;
    written.push(path);
    await writeAll(file, segmentTail(chunks, files));
    await file.sync();
    await close();
    [chunks, files, bodies, steps] = [[], [], 0, 0];
  };
  const added = async (entry: Omit<ChunkEntry, "isFile">) => {
    seen.add(entry.id);
    chunks.push({ ...entry, isFile: false });
    const isFull = bodies > mostBytes || steps > mostSteps || chunks.length >= mostChunks;
    if (isFull) await seal();
  };
  return {
    get written() {
      return total;
    },
    has: (id) => seen.has(id),
    async add(id, bytes) {
      if (seen.has(id)) return;
      if (bytes.length > bufferBytes - held) await flush();
      buffer ??= Buffer.allocUnsafe(bufferBytes);
      buffer.set(bytes, held);
      held += bytes.length;
      bodies += bytes.length;
      total += bytes.length;
      await added({ id, length: bytes.length, depth: 0, delta: null });
    },
    async addDelta(id, length, depth, delta) {
      if (seen.has(id)) return;
      steps += delta.steps.length + delta.literals.length / 8;
      total += delta.literals.length;
      await added({ id, length, depth, delta });
    },
    addFile(file) {
      // A file that is one chunk is said by the chunk, where it is still to be written.
      const [only, ...more] = file.chunks;
      const at = more.length > 0 ? -1 : chunks.findLastIndex(({ id }) => id === only);
      if (at < 0) files.push(file);
      else chunks[at] = { ...chunks[at]!, isFile: true };
    },
    async finish() {
      await seal();
      for (const path of written) await intoPlace(path, join(segmentFolder(store), basename(path)));
      if (written.length > 0) await syncFolder(segmentFolder(store));
      return written.map((path) => basename(path, ".segment"));
    },
    async discard() {
      const path = open_?.path;
      await close().catch(() => undefined);
      for (const each of path === undefined ? written : [...written, path]) await rm(each, { force: true });
    },
  };
}

const bufferBytes = 1 << 20;
/** Large enough to be few, small enough to travel one by one. */
const mostBytes = 64 << 20;
const mostSteps = 1 << 19;
const mostChunks = 1 << 20;

async function begin(store: ObjectStore) {
  await mkdir(store.temporary, { recursive: true });
  const path = join(store.temporary, `${randomUUID()}.segment`);
  return { path, file: await open(path, "wx") };
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

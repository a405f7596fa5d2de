import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { addToIndex, type ChunkEntry, segmentsOf } from "./chunk-index.ts";
import type { ObjectStore } from "./object-store.ts";
import { intoPlace } from "./write-atomically.ts";

/** A segment being written. Nothing of it counts before `finish`; a crash leaves at most an unused file. */
export interface SegmentWriter {
  /** Appends a chunk, once. */
  add(chunk: string, bytes: Uint8Array): Promise<void>;
  /** Makes what was added durable, then count. Without chunks it does nothing. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Begins a segment of a store; nothing of it counts before `finish`. */
export function segmentWriter(store: ObjectStore): SegmentWriter {
  const id = randomUUID();
  const path = join(segmentsOf(store), `${id}.seg`);
  const temporary = join(store.temporary, `${id}.seg`);
  const entries = new Map<string, ChunkEntry>();
  let file: FileHandle | null = null;
  let offset = 0;
  const close = async () => {
    await file?.close();
    file = null;
  };
  return {
    async add(chunk, bytes) {
      if (entries.has(chunk)) return;
      if (file === null) {
        await mkdir(store.temporary, { recursive: true });
        file = await open(temporary, "wx");
      }
      await file.appendFile(bytes);
      entries.set(chunk, [chunk, offset, bytes.length]);
      offset += bytes.length;
    },
    async finish() {
      if (file === null) return;
      await file.sync();
      await close();
      await intoPlace(temporary, path);
      // The index makes the segment count, so it comes after it.
      await addToIndex(store, id, [...entries.values()]);
    },
    async discard() {
      await close();
      await rm(temporary, { force: true });
    },
  };
}

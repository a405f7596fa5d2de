import { type ChunkCutter, longestChunk } from "./chunk-cutter.ts";

/** What was read at once. Valid until the next is asked for. */
export interface ChunkWindow {
  /** The bytes that were read, in order. */
  readonly bytes: Buffer;
  /** The chunks that end in them, in order. */
  readonly chunks: readonly Buffer[];
}

/** Reads into a buffer and answers how many bytes; 0 at the end. */
export type Read = (into: Buffer) => Promise<number>;

/** How much is read at once: the hashes of one window keep a processor for some milliseconds, no longer. */
export const windowBytes = 1 << 20;

/** Room for one window and what a chunk may leave of the one before. */
export const roomFor = (window: number) => window + longestChunk;

/** What is read once, as chunks, in the memory of one window: cut as the whole would be. */
export async function* chunkWindows(
  read: Read,
  cutter: ChunkCutter,
  window = windowBytes,
): AsyncGenerator<ChunkWindow> {
  const { memory } = cutter;
  let held = 0;
  for (;;) {
    const count = await read(memory.subarray(held, held + window));
    const end = held + count;
    const chunks: Buffer[] = [];
    let start = 0;
    while (start < end) {
      const cut = cutter.cut(start, end);
      // What ends with the window may go on behind it.
      if (cut === end && count > 0 && cut - start < longestChunk) break;
      chunks.push(memory.subarray(start, cut));
      start = cut;
    }
    yield { bytes: memory.subarray(held, end), chunks };
    if (count === 0) return;
    memory.copyWithin(0, start, end);
    held = end - start;
  }
}

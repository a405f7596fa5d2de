import { open } from "node:fs/promises";
import { chunkEnds } from "./chunk-bytes.ts";

/** A file's chunks in order, as `chunkEnds` cuts the whole, in the memory of one window. Each is valid until the next is asked for. */
export async function* chunksOf(path: string, most = 8 << 20): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  try {
    // One more than the file holds shows its end; one that grows takes more windows.
    const windowBytes = Math.min(most, Math.max(1 << 16, (await file.stat()).size + 1));
    let held: Uint8Array = new Uint8Array();
    for (let isEnd = false; !isEnd; ) {
      const window = Buffer.allocUnsafe(held.length + windowBytes);
      window.set(held);
      const { bytesRead } = await file.read(window, held.length, windowBytes, null);
      isEnd = bytesRead === 0;
      const bytes = window.subarray(0, held.length + bytesRead);
      let start = 0;
      for (const end of chunkEnds(bytes)) {
        // What ends with the window may go on behind it.
        if (end === bytes.length && !isEnd) break;
        yield bytes.subarray(start, end);
        start = end;
      }
      held = bytes.subarray(start);
    }
  } finally {
    await file.close();
  }
}

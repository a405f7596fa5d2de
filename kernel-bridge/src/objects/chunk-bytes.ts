import { createHash } from "node:crypto";

/**
 * Cuts bytes where their content says so: equal stretches of two versions of a file give equal chunks.
 *
 * Frozen, part of the store's format: gear hash `h = (h << 1) + gear[byte]` on 32 bits, reset at each chunk; a chunk ends after the first
 * byte at or past 16 KiB for which `h >>> 16` is 0, at 256 KiB at the latest. `gear[i]` is the first four bytes, big-endian, of
 * SHA-256("lookback gear " + i). Mean length about 80 KiB on random bytes. Answers end offsets, the last being the length; none for no bytes.
 */
export function chunkEnds(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  let start = 0;
  while (start < bytes.length) {
    const last = Math.min(start + MAX, bytes.length);
    let at = Math.min(start + MIN, last);
    let hash = 0;
    // 32 shifts push a byte out of the hash, so that it depends on the last 32 bytes only.
    for (let back = Math.max(start, at - 32); back < at; back++)
      hash = ((hash << 1) + gear[bytes[back]!]!) | 0;
    while (at < last && hash >>> 16 !== 0) {
      hash = ((hash << 1) + gear[bytes[at]!]!) | 0;
      at++;
    }
    ends.push(at);
    start = at;
  }
  return ends;
}

const MIN = 16 * 1024;
const MAX = 256 * 1024;

const gear = Int32Array.from({ length: 256 }, (_, at) =>
  createHash("sha256").update(`lookback gear ${at}`).digest().readInt32BE(0),
);

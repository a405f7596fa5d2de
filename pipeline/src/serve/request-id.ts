import { randomFillSync } from "node:crypto";

/** An id of 26 characters that sorts by time: 48 bits of milliseconds and 80 random bits in Crockford's base 32 (a ULID). */
export function requestId(nowMs: number): string {
  let time = "";
  for (let rest = nowMs, i = 0; i < 10; i++) {
    time = ALPHABET[rest % 32]! + time;
    rest = Math.floor(rest / 32);
  }
  let random = "";
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  for (const end = used + 16; used < end; used++) random += ALPHABET[pool[used]! & 31]!;
  return time + random;
}

/** Random bytes are asked for many at a time: each call costs more than the bytes do. No byte is used twice. */
const pool = new Uint8Array(4096);
let used = pool.length;

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

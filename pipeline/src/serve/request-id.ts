import { randomBytes } from "node:crypto";

/** An id of 26 characters that sorts by time: 48 bits of milliseconds and 80 random bits in Crockford's base 32 (a ULID). */
export function requestId(nowMs: number): string {
  let time = "";
  for (let rest = nowMs, i = 0; i < 10; i++) {
    time = ALPHABET[rest % 32]! + time;
    rest = Math.floor(rest / 32);
  }
  let random = "";
  for (const byte of randomBytes(16)) random += ALPHABET[byte & 31]!;
  return time + random;
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

import { randomBytes } from "node:crypto";

/** A ULID: 48 bits of milliseconds, 80 random bits, in Crockford's base 32. Sorts by time as text. */
export function newRunId(now: number, random: Uint8Array = randomBytes(10)): string {
  let value = BigInt(now);
  for (const byte of random) value = (value << 8n) | BigInt(byte);
  let id = "";
  for (let at = 0; at < 26; at++) {
    id = alphabet[Number(value & 31n)] + id;
    value >>= 5n;
  }
  return id;
}

/** Whether a text has the form of such an id. */
export function isRunId(text: string): boolean {
  return /^[0-9A-Z]{26}$/.test(text);
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

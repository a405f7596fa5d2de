/** Whole numbers from 0, seven bits a byte, low bits first: the top bit says that more follow. */
export function writeVarints(numbers: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (let number of numbers) {
    for (; number >= 0x80; number = Math.floor(number / 0x80)) bytes.push((number % 0x80) | 0x80);
    bytes.push(number);
  }
  return Buffer.from(bytes);
}

/** Reads them one after the other. Past the end it answers NaN, which nothing holds for a length. */
export function varintReader(bytes: Buffer): { next(): number; take(length: number): Buffer } {
  let at = 0;
  return {
    next() {
      let number = 0;
      for (let scale = 1; at < bytes.length; scale *= 0x80) {
        const byte = bytes[at++]!;
        number += (byte & 0x7f) * scale;
        if (byte < 0x80) return number;
      }
      return Number.NaN;
    },
    take(length) {
      const from = at;
      at += length;
      return bytes.subarray(from, at);
    },
  };
}

/** A number that may be below 0 as one that is not. */
export const zigzag = (number: number) => (number < 0 ? -2 * number - 1 : 2 * number);
/** What `zigzag` was given. */
export const unzigzag = (number: number) => (number % 2 === 0 ? number / 2 : -(number + 1) / 2);

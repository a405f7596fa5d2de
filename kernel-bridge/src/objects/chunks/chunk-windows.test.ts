import { createHash, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { withCutter } from "./chunk-cutter.ts";
import { chunkWindows, roomFor } from "./chunk-windows.ts";

const gear = Array.from({ length: 256 }, (_, at) =>
  createHash("sha256").update(`lookback gear ${at}`).digest().readInt32BE(0),
);

/** Where chunks end, as the store's form says it in words. */
function chunkEnds(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  for (let start = 0; start < bytes.length; ) {
    let hash = 0;
    let at = start;
    for (; at < Math.min(start + 256 * 1024, bytes.length); at++) {
      if (at - start >= 16 * 1024 && hash >>> 16 === 0) break;
      hash = ((hash << 1) + gear[bytes[at]!]!) | 0;
    }
    ends.push(at);
    start = at;
  }
  return ends;
}

async function endsInWindows(bytes: Buffer, window: number): Promise<number[]> {
  const ends: number[] = [];
  const read: Buffer[] = [];
  const whole: Buffer[] = [];
  let at = 0;
  const source = async (into: Buffer) => {
    const count = bytes.copy(into, 0, at, at + into.length);
    at += count;
    return count;
  };
  await withCutter(roomFor(window), async (cutter) => {
    for await (const each of chunkWindows(source, cutter, window)) {
      read.push(Buffer.from(each.bytes));
      for (const chunk of each.chunks) {
        whole.push(Buffer.from(chunk));
        ends.push((ends.at(-1) ?? 0) + chunk.length);
      }
    }
  });
  expect(Buffer.concat(read).equals(bytes)).toBe(true);
  expect(Buffer.concat(whole).equals(bytes)).toBe(true);
  return ends;
}

it.each([1_000, 70_000, 300_000, 8 << 20])(
  "cuts what is read in windows of %i bytes as the form says",
  async (window) => {
    const bytes = Buffer.concat([randomBytes(900_000), Buffer.alloc(600_000), randomBytes(50_000)]);
    expect(await endsInWindows(bytes, window)).toEqual(chunkEnds(bytes));
    for (const size of [0, 1, 31, 16_383, 16_384, 16_385, 262_144, 262_145])
      expect(await endsInWindows(bytes.subarray(0, size), window)).toEqual(
        chunkEnds(bytes.subarray(0, size)),
      );
  },
);

it("never cuts otherwise: stores that exist would share nothing with new files", () => {
  const bytes = Buffer.concat(
    Array.from({ length: 40_000 }, (_, at) => createHash("sha256").update(`${at}`).digest()),
  );
  const ends = chunkEnds(bytes);
  expect([ends.length, ...ends.slice(0, 4)]).toMatchInlineSnapshot(`
    [
      17,
      42041,
      93666,
      111293,
      150925,
    ]
  `);
});

import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { type Directory, deltasOf, recipesOf } from "./segment-format.ts";
import { writeVarints } from "./varints.ts";

const section = (bytes: Buffer) => ({
  offset: 0,
  length: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});

/** What a segment says of itself, with these lists. */
function saying(bytes: Buffer): Directory {
  return {
    count: 2,
    idAt: (at) => `${at}`.repeat(32),
    shortIdAt: (at) => `${at}`.repeat(12),
    beginsAt: (at, id) => `${at}`.repeat(32).startsWith(id),
    keyAt: () => 0,
    lengthAt: () => 1_000,
    depthAt: () => 1,
    isFileAt: () => false,
    placeAt: (at) => at,
    files: [{ sha256: "a".repeat(64), size: 1 }],
    deltas: section(bytes),
    recipes: section(bytes),
  };
}

it.each<[string, Buffer]>([
  ["more chunks of its own than it has", deflateRawSync(writeVarints([1, 2 * 2 ** 40 + 1, 0]))],
  ["more chunks elsewhere than it names", deflateRawSync(writeVarints([1, 2 * 2 ** 40]))],
  ["more pieces than it has", deflateRawSync(writeVarints([2 ** 50]))],
  ["so much that little of it inflates to more than memory holds", deflateRawSync(Buffer.alloc(2 ** 28))],
  ["no recipes", Buffer.from("no deflated text")],
])("takes nothing of a segment that says %s", (_, bytes) => {
  expect(recipesOf(bytes, saying(bytes))).toBeNull();
});

it("takes nothing of a segment whose few bytes name its chunks over and over", () => {
  const all = [2 * 2 ** 20 + 1, 0];
  const bytes = deflateRawSync(writeVarints([32, ...Array.from({ length: 32 }, () => all).flat()]));
  expect(recipesOf(bytes, { ...saying(bytes), count: 2 ** 20, idAt: () => "a" })).toBeNull();
});

it("takes nothing of changes whose few bytes inflate to more than the chunks are long", () => {
  const steps = deflateRawSync(writeVarints([0, 1_000, 0, 0, 0, 1_000, 0, 0]));
  const head = Buffer.alloc(12);
  head.writeUInt32LE(steps.length, 4);
  const of = (size: number) => Buffer.concat([head, steps, deflateRawSync(Buffer.alloc(size))]);
  expect(deltasOf(of(2_000), saying(of(2_000)))).toHaveLength(2);
  expect(deltasOf(of(2_001), saying(of(2_001)))).toBeNull();
});

it("takes nothing of changes that rest on more than they name, or are none", () => {
  const steps = deflateRawSync(writeVarints([2 ** 50]));
  const head = Buffer.alloc(12);
  head.writeUInt32LE(steps.length, 4);
  const more = Buffer.concat([head, steps, deflateRawSync(Buffer.alloc(0))]);
  expect(deltasOf(more, saying(more))).toEqual([
    expect.objectContaining({ bases: [] }),
    expect.objectContaining({ bases: [] }),
  ]);
  const none = Buffer.from("none of it is deflated text");
  expect(deltasOf(none, saying(none))).toBeNull();
});

import { expect, it } from "vitest";
import { seeded } from "../../secrets/corpus/seeded.ts";
import { tableRows } from "../fixtures/object-fixtures.ts";
import { applyDelta, readDeltas, writeDeltas } from "./delta-format.ts";
import { makeDelta } from "./make-delta.ts";

const base = Buffer.from(tableRows(1, 4_000).join(""));

/** Changes some stretches: other bytes in their place, more of them, fewer, or some from elsewhere. */
function edited(seed: number, edits: number): Buffer {
  const random = seeded(seed);
  let bytes = base;
  for (let edit = 0; edit < edits; edit++) {
    const at = random.below(bytes.length);
    const other = random.below(base.length);
    const taken = base.subarray(other, other + random.below(random.below(2) === 0 ? 12 : 3_000));
    bytes = Buffer.concat([bytes.subarray(0, at), taken, bytes.subarray(at + random.below(40))]);
  }
  return bytes;
}

it.each(Array.from({ length: 60 }, (_, seed) => [seed, seed % 20] as const))(
  "makes of a base what was edited, in seed %i with %i edits",
  (seed, edits) => {
    const target = edited(seed, edits);
    const change = makeDelta(target, base, target.length);
    expect(change).not.toBeNull();
    const { steps, literals, cost, from, to } = change!;
    expect(cost).toBeLessThan(100 + edits * 200);
    expect(from).toBeGreaterThanOrEqual(0);
    expect(to).toBeLessThanOrEqual(base.length);
    const delta = { bases: ["012345678901"], steps, literals };
    expect(applyDelta(delta, base, target.length)?.equals(target)).toBe(true);
    const [read, again] = readDeltas(writeDeltas([delta, delta]), [target.length, target.length]);
    expect(read).toEqual(delta);
    expect(again).toEqual(delta);
  },
);

it("gives up on what is no change of the base", () => {
  const random = seeded(5);
  const other = Buffer.from(Array.from({ length: 50_000 }, () => random.below(256)));
  expect(makeDelta(other, base, other.length / 2)).toBeNull();
});

it.each([
  ["reaches behind the base", [0, 20, 100]],
  ["begins before it", [0, 20, -1]],
  ["makes more than the chunk", [0, 30, 0]],
  ["makes less", [0, 10, 0]],
  ["takes more literals than there are", [20, 0, 0]],
])("makes nothing of a delta that %s", (_, steps) => {
  const delta = { bases: [], steps, literals: Buffer.from("abc") };
  expect(applyDelta(delta, base.subarray(0, 110), 20)).toBeNull();
});

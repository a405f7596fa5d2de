import { expect, it } from "vitest";
import { chunkIndex } from "./chunk-index.ts";

it("answers the place of each of many ids, and of no other", () => {
  const index = chunkIndex();
  const keys = Array.from({ length: 20_000 }, (_, at) => Math.imul(at, 0x9e3779b1) >>> 0);
  for (const [at, key] of keys.entries())
    index.put(
      key,
      at * 3,
      () => false,
      () => true,
    );
  for (const [at, key] of keys.entries()) expect(index.find(key, (place) => place === at * 3)).toBe(at * 3);
  expect(index.find(keys[7]!, () => false)).toBe(-1);
  expect(index.find(12345, () => true)).toBe(-1);
});

it("keeps ids apart that begin alike, and of two places of one id the better", () => {
  const index = chunkIndex();
  const ids = ["a", "b", "a"];
  const isIt = (id: string) => (place: number) => ids[place] === id;
  index.put(1, 0, isIt("a"), () => true);
  index.put(1, 1, isIt("b"), () => true);
  index.put(1, 2, isIt("a"), () => false);
  expect([index.find(1, isIt("a")), index.find(1, isIt("b"))]).toEqual([0, 1]);
  index.put(1, 2, isIt("a"), () => true);
  expect(index.find(1, isIt("a"))).toBe(2);
});

import { expect, it } from "vitest";
import { keyOf } from "../chunks/chunk-id.ts";
import { chunkIndex } from "./chunk-index.ts";

/** An index over ids that lie in a list, the first of two equal ones the better. */
function indexOf(ids: readonly string[]) {
  const index = chunkIndex({
    begins: (place, id) => ids[place]!.startsWith(id),
    isSame: (place, other) => ids[place] === ids[other],
    isBetter: (place, than) => place < than,
  });
  return {
    index,
    put(...places: number[]) {
      for (const place of places) index.put(keyOf(ids[place]!), place);
    },
  };
}

it("answers the place of each of many ids, and of no other", () => {
  const ids = Array.from({ length: 20_000 }, (_, at) =>
    String.fromCharCode(at % 251, (at >>> 3) % 256, (at * 7) % 256, at % 2, ...Buffer.from(String(at))),
  );
  const { index, put } = indexOf(ids);
  put(...ids.keys());
  for (const [at, id] of ids.entries()) expect(index.find(id)).toBe(at);
  expect(index.find(`${ids[7]}!`)).toBe(-1);
  expect(index.find("none")).toBe(-1);
});

it("keeps ids apart that begin alike, and of two places of one id the better", () => {
  const { index, put } = indexOf(["same a", "same b", "same a"]);
  put(2, 1);
  expect([index.find("same a"), index.find("same b")]).toEqual([2, 1]);
  put(0);
  expect(index.find("same a")).toBe(0);
  put(2);
  expect(index.find("same a")).toBe(0);
});

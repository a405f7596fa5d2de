import { expect, it } from "vitest";
import { chooseSpread } from "./choose-spread.ts";

const items = ["a/1", "a/2", "a/3", "a/4", "b/1", "c/1", "c/2"].map((path) => ({ path }));
const paths = (most: number) => chooseSpread(items, most).map(({ path }) => path);

it("takes of each folder in turn, far apart within one", () => {
  expect(paths(3)).toEqual(["a/1", "b/1", "c/1"]);
  expect(paths(5)).toEqual(["a/1", "b/1", "c/1", "a/3", "c/2"]);
});

it("takes each once, and all where so many are wanted", () => {
  expect([...paths(100)].sort()).toEqual(items.map(({ path }) => path));
});

import { join, sep } from "node:path";
import { expect, it } from "vitest";
import { freshStore } from "../fixtures/record-one.ts";
import { nameOf } from "./store.ts";

it.each<[string, string, string | null]>([
  ["inside", "a/b.csv", "a/b.csv"],
  ["inside, with dots in front", "..b.csv", "..b.csv"],
  ["inside, with a backslash where that is no separator", "a\\b", sep === "/" ? "a\\b" : "a/b"],
  ["beside the workspace", "../b.csv", null],
  ["that is the workspace", ".", null],
])("names a file %s", async (_, way, name) => {
  const store = await freshStore();
  const path = join(store.root, way);
  expect(nameOf(store, path)).toBe(name ?? path);
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { placeOfData } from "./place-of-data.ts";

/** Beside the sources: neither a temporary folder nor one hidden in the home. */
const outside = mkdtempSync(join(import.meta.dirname, "outside-"));
let store: Store;

beforeAll(async () => {
  store = await openStore(mkdtempSync(join(tmpdir(), "lookback-place-")));
});
afterAll(() => rmSync(outside, { recursive: true }));

function file(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "a");
  return path;
}

describe("the place of a file", () => {
  it.each([
    ["data.csv", "inside"],
    ["deep/.cache/data.csv", "inside"],
    ["kaggle.json", "private"],
    ["deep/.aws/config", "private"],
    [".env", "private"],
  ])("of %s in the workspace: %s", async (name, place) => {
    expect(await placeOfData(store, file(join(store.root, name)))).toBe(place);
  });

  it("outside is known by its hash, in temporary and hidden folders of the home not at all", async () => {
    expect(await placeOfData(store, file(join(outside, "data.csv")))).toBe("outside");
    expect(await placeOfData(store, file(join(outside, "token.json")))).toBe("private");
    expect(await placeOfData(store, join(tmpdir(), "elsewhere.csv"))).toBe("private");
    expect(await placeOfData(store, join(homedir(), ".cache", "some", "data.arrow"))).toBe("private");
  });

  it("of a link is the place of what it leads to", async () => {
    const link = (name: string, target: string) => {
      symlinkSync(target, join(store.root, name));
      return placeOfData(store, join(store.root, name));
    };
    expect(await link("far.csv", file(join(outside, "far.csv")))).toBe("outside");
    expect(await link("innocent.json", file(join(outside, "kaggle.json")))).toBe("private");
    expect(await link("near.csv", file(join(store.root, "d", "near.csv")))).toBe("inside");
  });
});

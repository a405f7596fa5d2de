import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { placeOfData } from "./place-of-data.ts";

/** A machine of its own: wherever the tests run, these folders are what they are. */
const folder = mkdtempSync(join(tmpdir(), "lookback-place-"));
const [home, temporary, outside] = [join(folder, "home"), join(folder, "tmp"), join(folder, "volume")];
const machine = { home, temporary: [temporary] };
let store: Store;

beforeAll(async () => {
  mkdirSync(join(folder, "workspace"));
  store = await openStore(join(folder, "workspace"));
});
afterAll(() => rmSync(folder, { recursive: true }));

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
    expect(await placeOfData(store, file(join(store.root, name)), machine)).toBe(place);
  });

  it("outside is known by its hash, in temporary and hidden folders of the home not at all", async () => {
    expect(await placeOfData(store, file(join(outside, "data.csv")), machine)).toBe("outside");
    expect(await placeOfData(store, file(join(outside, "token.json")), machine)).toBe("private");
    expect(await placeOfData(store, file(join(temporary, "elsewhere.csv")), machine)).toBe("private");
    expect(await placeOfData(store, file(join(home, ".cache", "some", "data.arrow")), machine)).toBe(
      "private",
    );
  });

  it("of a link is the place of what it leads to", async () => {
    const link = (name: string, target: string) => {
      symlinkSync(target, join(store.root, name));
      return placeOfData(store, join(store.root, name), machine);
    };
    expect(await link("far.csv", file(join(outside, "far.csv")))).toBe("outside");
    expect(await link("innocent.json", file(join(outside, "kaggle.json")))).toBe("private");
    expect(await link("near.csv", file(join(store.root, "d", "near.csv")))).toBe("inside");
  });
});

import { randomBytes } from "node:crypto";
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshStore } from "../ledger/fixtures/record-one.ts";
import { hasFile } from "./has-file.ts";
import type { ObjectStore } from "./object-store.ts";
import { putFile } from "./put-file.ts";
import { checkFile, getFile } from "./read-file.ts";
import { filesBefore, removeFiles } from "./remove-files.ts";
import { catalogOf } from "./segments/catalog.ts";

const alone = <T>(step: () => Promise<T>) => step();

/** Versions of one file, each a small change of the one before. */
async function versions(count: number) {
  const { objects: store, root } = await freshStore();
  const path = join(root, "d.csv");
  const lines = Array.from({ length: 20_000 }, (_, at) => `${at},${randomBytes(8).toString("hex")}`);
  const kept: { sha256: string; bytes: Buffer }[] = [];
  let before: string | undefined;
  for (let version = 0; version < count; version++) {
    for (let change = 0; change < 10; change++)
      lines[(version * 977 + change * 1_999) % lines.length] = randomBytes(9).toString("hex");
    writeFileSync(path, lines.join("\n"));
    const { sha256 } = await putFile(store, path, before === undefined ? {} : { before });
    kept.push({ sha256, bytes: Buffer.from(lines.join("\n")) });
    before = sha256;
  }
  return { store, kept };
}

const sizeOf = (store: ObjectStore) =>
  readdirSync(join(store.dir, "segments")).reduce(
    (sum, name) => sum + statSync(join(store.dir, "segments", name)).size,
    0,
  );

it("keeps what those that stay are changes of, and removes the rest once they go too", async () => {
  const { store, kept } = await versions(6);
  const deltas = [...(await catalogOf(store)).segments.values()].some(({ directory }) =>
    Array.from({ length: directory.count }, (_, at) => directory.depthAt(at)).some((depth) => depth > 0),
  );
  expect(deltas).toBe(true);
  const all = sizeOf(store);
  for (let gone = 1; gone <= kept.length; gone++) {
    const going = kept.slice(0, gone).map(({ sha256 }) => sha256);
    const size = sizeOf(store);
    const freed = await removeFiles(store, async () => going, alone);
    expect(freed).toBe(size - sizeOf(store));
    const other = { ...store, dir: `${store.dir}/` };
    expect((await (await catalogOf(other)).files()).sort()).toEqual(
      kept
        .slice(gone)
        .map(({ sha256 }) => sha256)
        .sort(),
    );
    for (const { sha256, bytes } of kept.slice(gone)) {
      expect((await getFile(other, sha256)).equals(bytes)).toBe(true);
      expect(await hasFile(other, sha256)).toBe(true);
    }
  }
  expect(all).toBeGreaterThan(300_000);
  expect(sizeOf(store)).toBe(0);
});

it("cleans up after a call that was killed between writing anew and removing", async () => {
  const { store, kept } = await versions(4);
  const going = kept.slice(0, 1).map(({ sha256 }) => sha256);
  const names = new Set(readdirSync(join(store.dir, "segments")));
  const copy = `${store.dir}-copy`;
  cpSync(join(store.dir, "segments"), copy, { recursive: true });
  await removeFiles(store, async () => going, alone);
  const size = sizeOf(store);
  // As it was before the old ones were removed.
  for (const name of names) cpSync(join(copy, name), join(store.dir, "segments", name));
  await removeFiles(store, async () => going, alone);
  expect(sizeOf(store)).toBe(size);
  for (const { sha256, bytes } of kept.slice(1)) expect(await checkFile(store, sha256)).toBe(bytes.length);
});

it("names the files by when they were last stored", async () => {
  const { store, kept } = await versions(2);
  expect(await filesBefore(store, Date.now() - 60_000)).toEqual([]);
  expect((await filesBefore(store, Date.now() + 60_000)).sort()).toEqual(
    kept.map(({ sha256 }) => sha256).sort(),
  );
});

it("frees nothing where it cannot be read what a file is made of", async () => {
  const { store, kept } = await versions(2);
  const folder = join(store.dir, "segments");
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    const [segment] = [...(await catalogOf(store)).segments.values()].filter(({ path }) =>
      path.endsWith(name),
    );
    const { offset, length } = segment!.directory.recipes;
    if (length === 0) continue;
    bytes[offset + 1] = bytes[offset + 1]! ^ 0xff;
    writeFileSync(join(folder, name), bytes);
  }
  const again = { ...store, dir: `${store.dir}/.` };
  const size = sizeOf(store);
  await expect(removeFiles(again, async () => [kept[0]!.sha256], alone)).rejects.toMatchObject({
    code: "objects/unsure",
  });
  expect(sizeOf(store)).toBe(size);
});

it("a call that ends at any step loses nothing, and the next finishes", async () => {
  for (let steps = 0; ; steps++) {
    const { store, kept } = await versions(4);
    const going = [kept[0]!.sha256, kept[2]!.sha256];
    let left = steps;
    const dying = async <T>(step: () => Promise<T>) => {
      if (left-- === 0) throw new Error("killed");
      return step();
    };
    const isDone = await removeFiles(store, async () => going, dying, 0).then(
      () => true,
      () => false,
    );
    const sound = async () => {
      for (const { sha256, bytes } of [kept[1]!, kept[3]!])
        expect((await getFile({ ...store, dir: `${store.dir}/` }, sha256)).equals(bytes)).toBe(true);
    };
    await sound();
    await removeFiles(store, async () => going, alone);
    await sound();
    expect((await (await catalogOf(store)).files()).sort()).toEqual(
      [kept[1]!.sha256, kept[3]!.sha256].sort(),
    );
    if (isDone) break;
  }
});

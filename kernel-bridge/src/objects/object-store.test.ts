import { randomBytes } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { asAnother, bytesBelow, flip, freshObjects, onlyFile, putOld } from "./fixtures/object-fixtures.ts";
import { hasFile } from "./has-file.ts";
import type { ObjectStore } from "./object-store.ts";
import { putFile } from "./put-file.ts";
import { getFile, listFiles } from "./read-file.ts";

function fresh() {
  const { store, path } = freshObjects();
  const bytes = randomBytes(700_000);
  writeFileSync(path, bytes);
  return { store, path, bytes };
}
const segmentOf = (store: ObjectStore) => onlyFile(store, "segments", ".segment");
const cut = (path: string, bytes: number) => truncateSync(path, readFileSync(path).length - bytes);

type Damage = readonly [what: string, damage: (store: ObjectStore) => void];
const gone = { code: expect.stringMatching(/^objects\/(corrupt|missing)$/) };

async function expectHealing(store: ObjectStore, path: string, sha256: string, bytes: Buffer) {
  for (const each of [asAnother(store), store]) {
    expect(await putFile(each, path)).toEqual({ sha256, size: bytes.length });
    expect((await getFile(each, sha256)).equals(bytes)).toBe(true);
    expect(await listFiles(each)).toEqual([sha256]);
  }
}

describe("damage", () => {
  it.each<Damage>([
    ["a flipped bit", (store) => flip(segmentOf(store), 300_000)],
    ["a flipped bit in the table", (store) => flip(segmentOf(store), 700_100)],
    ["a segment cut short", (store) => truncateSync(segmentOf(store), 100_000)],
    ["a segment without its last byte", (store) => cut(segmentOf(store), 1)],
    ["a segment that is empty", (store) => truncateSync(segmentOf(store), 0)],
    ["a segment that is gone", (store) => rmSync(segmentOf(store))],
  ])("by %s is said, and healed when the file is stored again", async (_, damage) => {
    const { store, path, bytes } = fresh();
    const { sha256 } = await putFile(store, path);
    expect((await getFile(store, sha256)).equals(bytes)).toBe(true);
    damage(store);
    await expect(getFile(asAnother(store), sha256)).rejects.toMatchObject(gone);
    expect(await hasFile(asAnother(store), sha256)).toBe(false);
    await expectHealing(store, path, sha256, bytes);
  });

  const only = onlyFile;
  it.each<Damage>([
    ["a flipped bit", (store) => flip(only(store, "segments", ".seg"), 300_000)],
    ["a segment cut short", (store) => truncateSync(only(store, "segments", ".seg"), 100_000)],
    ["a segment that is gone", (store) => rmSync(only(store, "segments", ".seg"))],
    ["an index that is gone", (store) => rmSync(only(store, "segments", ".idx"))],
    ["an index that cannot be read", (store) => writeFileSync(only(store, "segments", ".idx"), "[[")],
    ["a list of chunks that cannot be read", (store) => writeFileSync(only(store, "files", ".json"), "{")],
    [
      "a list of chunks in another order",
      (store) => {
        const path = only(store, "files", ".json");
        const recipe = JSON.parse(readFileSync(path, "utf8"));
        writeFileSync(path, JSON.stringify({ ...recipe, chunks: recipe.chunks.reverse() }));
      },
    ],
  ])("of a store of the first version by %s is said, and healed", async (_, damage) => {
    const { store, path, bytes } = fresh();
    const sha256 = putOld(store, bytes);
    expect((await getFile(store, sha256)).equals(bytes)).toBe(true);
    damage(store);
    await expect(getFile(asAnother(store), sha256)).rejects.toMatchObject(gone);
    expect(await hasFile(asAnother(store), sha256)).toBe(false);
    await expectHealing(store, path, sha256, bytes);
  });

  it.each<Damage>([
    ["cut short", (store) => truncateSync(segmentOf(store), 100_000)],
    ["gone", (store) => rmSync(segmentOf(store))],
  ])("that leaves a segment %s heals without anyone having read it", async (_, damage) => {
    const { store, path, bytes } = fresh();
    const { sha256 } = await putFile(store, path);
    damage(store);
    expect(await hasFile(store, sha256)).toBe(false);
    await expectHealing(store, path, sha256, bytes);
  });

  it("of one chunk costs that chunk only", async () => {
    const { store, path } = fresh();
    const { sha256 } = await putFile(store, path);
    flip(segmentOf(store), 0);
    await expect(getFile(store, sha256)).rejects.toMatchObject({ code: "objects/corrupt" });
    await putFile(store, path);
    const sizes = readdirSync(join(store.dir, "segments"))
      .filter((name) => name.endsWith(".segment"))
      .map((name) => readFileSync(join(store.dir, "segments", name)).length);
    expect(Math.min(...sizes)).toBeLessThanOrEqual(257 * 1024);
  });
});

it("reads another copy where one is damaged, and does not lose it", async () => {
  const { store, path, bytes } = fresh();
  const { sha256 } = await putFile(store, path);
  // What two processes leave that store the same file at once.
  const twin = { ...store, dir: `${store.dir}-twin` };
  await putFile(twin, path);
  cpSync(join(twin.dir, "segments"), join(store.dir, "segments"), { recursive: true });
  const segments = readdirSync(join(store.dir, "segments"));
  expect(segments.length).toBe(2);
  flip(join(store.dir, "segments", segments[0] ?? ""), 10);
  flip(join(store.dir, "segments", segments[1] ?? ""), 690_000);
  for (const each of [store, asAnother(store)])
    expect((await getFile(each, sha256)).equals(bytes)).toBe(true);
});

it("lets several processes find the same damage at once", async () => {
  const { store, path, bytes } = fresh();
  const { sha256 } = await putFile(store, path);
  const segment = segmentOf(store);
  for (let at = 0; at < bytes.length; at += 10_000) flip(segment, at);
  const readers = ["", "/", "//", "/."].map((end) => ({ ...store, dir: `${store.dir}${end}` }));
  const read = await Promise.allSettled(readers.map((each) => getFile(each, sha256)));
  expect(read.map(({ status }) => status)).toEqual(readers.map(() => "rejected"));
  await putFile(store, path);
  for (const each of readers) expect((await getFile(each, sha256)).equals(bytes)).toBe(true);
});

it("stores only the chunks that a new version brings, whoever stored the others", async () => {
  const { store, path, bytes } = fresh();
  const first = await putFile(store, path);
  writeFileSync(path, Buffer.concat([bytes, randomBytes(1_000)]));
  const second = await putFile({ ...store }, path);
  expect((await getFile(store, first.sha256)).length).toBe(700_000);
  expect((await getFile(store, second.sha256)).length).toBe(701_000);
  expect(bytesBelow(store.dir)).toBeLessThan(701_000 + 256 * 1024 + 3_000);
});

it("shares chunks with what the first version stored", async () => {
  const { store, path, bytes } = fresh();
  const old = putOld(store, bytes.subarray(0, 100_000));
  writeFileSync(path, bytes.subarray(0, 100_000));
  expect(await putFile(store, path)).toEqual({ sha256: old, size: 100_000 });
  expect((await getFile(asAnother(store), old)).length).toBe(100_000);
});

it.each([0, 1, 16_383, 16_384, 300_000])("stores %i equal bytes", async (size) => {
  const { store, path } = fresh();
  writeFileSync(path, Buffer.alloc(size, 7));
  const { sha256 } = await putFile(store, path);
  for (const each of [store, asAnother(store)]) {
    expect(await hasFile(each, sha256)).toBe(true);
    expect((await getFile(each, sha256)).equals(Buffer.alloc(size, 7))).toBe(true);
    expect(await listFiles(each)).toEqual([sha256]);
  }
});

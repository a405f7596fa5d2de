import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chunkEnds } from "./chunk-bytes.ts";
import { chunksOf } from "./chunks-of.ts";
import { hasFile } from "./has-file.ts";
import type { ObjectStore } from "./object-store.ts";
import { putFile } from "./put-file.ts";
import { getFile } from "./read-file.ts";

function fresh(): { store: ObjectStore; path: string; bytes: Buffer } {
  const root = mkdtempSync(join(tmpdir(), "lookback-objects-"));
  const path = join(root, "d.parquet");
  const bytes = randomBytes(700_000);
  writeFileSync(path, bytes);
  return { store: { dir: join(root, "objects"), temporary: join(root, "tmp") }, path, bytes };
}
const only = (store: ObjectStore, folder: string, suffix: string) => {
  const [name, ...more] = readdirSync(join(store.dir, folder)).filter((each) => each.endsWith(suffix));
  expect(more).toEqual([]);
  return join(store.dir, folder, name ?? "");
};
const flip = (path: string, at: number) => {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};

describe("damage", () => {
  it.each<[string, (store: ObjectStore) => void]>([
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
  ])("by %s is said, and healed when the file is stored again", async (_, damage) => {
    const { store, path, bytes } = fresh();
    const { sha256 } = await putFile(store, path);
    expect((await getFile(store, sha256)).equals(bytes)).toBe(true);
    damage(store);
    // Another name for the folder, so that nothing is remembered of it: another process.
    const found: ObjectStore = { ...store, dir: `${store.dir}/` };
    await expect(getFile(found, sha256)).rejects.toMatchObject({
      code: expect.stringMatching(/^objects\/(corrupt|missing)$/),
    });
    expect(await hasFile(found, sha256)).toBe(false);
    for (const each of [found, store]) {
      expect(await putFile(each, path)).toEqual({ sha256, size: bytes.length });
      expect((await getFile(each, sha256)).equals(bytes)).toBe(true);
    }
  });

  it.each<[string, (store: ObjectStore) => void]>([
    ["cut short", (store) => truncateSync(only(store, "segments", ".seg"), 100_000)],
    ["gone", (store) => rmSync(only(store, "segments", ".seg"))],
  ])("that leaves a segment %s heals without anyone having read it", async (_, damage) => {
    const { store, path, bytes } = fresh();
    const { sha256 } = await putFile(store, path);
    damage(store);
    expect(await hasFile(store, sha256)).toBe(false);
    await putFile(store, path);
    for (const each of [store, { ...store, dir: `${store.dir}/` }]) {
      expect(await hasFile(each, sha256)).toBe(true);
      expect((await getFile(each, sha256)).equals(bytes)).toBe(true);
    }
  });

  it("of one chunk costs that chunk only", async () => {
    const { store, path } = fresh();
    const { sha256 } = await putFile(store, path);
    flip(only(store, "segments", ".seg"), 0);
    await expect(getFile(store, sha256)).rejects.toMatchObject({ code: "objects/corrupt" });
    await putFile(store, path);
    const sizes = readdirSync(join(store.dir, "segments"))
      .filter((name) => name.endsWith(".seg"))
      .map((name) => readFileSync(join(store.dir, "segments", name)).length);
    expect(Math.min(...sizes)).toBeLessThanOrEqual(256 * 1024);
  });
});

it("reads another copy where one is damaged, and does not lose it", async () => {
  const { store, path, bytes } = fresh();
  const { sha256 } = await putFile(store, path);
  // What two processes leave that store the same file at once.
  const twin = { ...store, dir: `${store.dir}-twin` };
  await putFile(twin, path);
  cpSync(join(twin.dir, "segments"), join(store.dir, "segments"), { recursive: true });
  const segments = readdirSync(join(store.dir, "segments")).filter((name) => name.endsWith(".seg"));
  expect(segments.length).toBe(2);
  flip(join(store.dir, "segments", segments[0] ?? ""), 10);
  flip(join(store.dir, "segments", segments[1] ?? ""), 690_000);
  for (const end of ["", "/"])
    expect((await getFile({ ...store, dir: `${store.dir}${end}` }, sha256)).equals(bytes)).toBe(true);
});

it("lets several processes find the same damage at once", async () => {
  const { store, path, bytes } = fresh();
  const { sha256 } = await putFile(store, path);
  const segment = only(store, "segments", ".seg");
  for (let at = 0; at < bytes.length; at += 10_000) flip(segment, at);
  const readers = ["", "/", "//", "/."].map((end) => ({ ...store, dir: `${store.dir}${end}` }));
  const read = await Promise.allSettled(readers.map((each) => getFile(each, sha256)));
  expect(read.map(({ status }) => status)).toEqual(readers.map(() => "rejected"));
  only(store, "segments", ".idx");
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
  const stored = readdirSync(join(store.dir, "segments"))
    .filter((name) => name.endsWith(".seg"))
    .reduce((sum, name) => sum + readFileSync(join(store.dir, "segments", name)).length, 0);
  expect(stored).toBeLessThan(701_000 + 256 * 1024 + 1_000);
});

it.each([1_000, 70_000, 300_000, 8 << 20])(
  "cuts a file in windows of %i bytes as it cuts the whole",
  async (windowBytes) => {
    const { path } = fresh();
    const bytes = Buffer.concat([randomBytes(400_000), Buffer.alloc(600_000), randomBytes(50_000)]);
    writeFileSync(path, bytes);
    const ends: number[] = [];
    const read: Buffer[] = [];
    for await (const chunk of chunksOf(path, windowBytes)) {
      read.push(Buffer.from(chunk));
      ends.push((ends.at(-1) ?? 0) + chunk.length);
    }
    expect(ends).toEqual(chunkEnds(bytes));
    expect(Buffer.concat(read).equals(bytes)).toBe(true);
  },
);

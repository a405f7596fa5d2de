import { randomBytes } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { asAnother, flip, freshObjects, putOld, sha256Of } from "./fixtures/object-fixtures.ts";
import { mergeSegments } from "./merge-segments.ts";
import type { ObjectStore } from "./object-store.ts";
import { putFile } from "./put-file.ts";
import { checkFile, getFile, listFiles } from "./read-file.ts";

const exclusively = (run: () => Promise<void>) => run();
const filesOf = (store: ObjectStore) =>
  readdirSync(store.dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

async function putMany(store: ObjectStore, path: string, count: number): Promise<string[]> {
  const put: string[] = [];
  for (let at = 0; at < count; at++) {
    writeFileSync(path, at % 3 === 0 ? `${at}` : randomBytes(at % 3 === 1 ? 30 : 40_000));
    put.push((await putFile(store, path)).sha256);
    await mergeSegments(store, exclusively);
  }
  return put;
}

it("keeps few files of many runs' data, all of which are read as they were", async () => {
  const { store, path } = freshObjects();
  const put = await putMany(store, path, 200);
  expect(filesOf(store)).toBeLessThan(50);
  for (const each of [store, asAnother(store)]) {
    expect((await listFiles(each)).sort()).toEqual([...put].sort());
    for (const sha256 of put) expect(sha256Of(await getFile(each, sha256))).toBe(sha256);
  }
});

it("makes the second version of what the first version stored", async () => {
  const { store, path } = freshObjects();
  const old = Array.from({ length: 40 }, (_, at) => putOld(store, randomBytes(at * 9_000)));
  const put = await putMany(store, path, 3);
  expect(readdirSync(join(store.dir, "files"))).toEqual([]);
  expect(readdirSync(join(store.dir, "segments")).every((name) => name.endsWith(".segment"))).toBe(true);
  expect((await listFiles(store)).sort()).toEqual([...old, ...put].sort());
  for (const sha256 of [...old, ...put])
    expect(sha256Of(await getFile(asAnother(store), sha256))).toBe(sha256);
});

it("leaves out what is damaged, its mark too, and keeps all else", async () => {
  const { store, path } = freshObjects();
  const put: string[] = [];
  for (let at = 0; at < 40; at++) {
    writeFileSync(path, randomBytes(20_000));
    put.push((await putFile(store, path)).sha256);
  }
  flip(join(store.dir, "segments", readdirSync(join(store.dir, "segments"))[7]!), 100);
  const results = () => Promise.allSettled(put.map((sha256) => checkFile(store, sha256)));
  expect((await results()).filter(({ status }) => status === "rejected").length).toBe(1);
  await mergeSegments(store, exclusively);
  expect(filesOf(store)).toBe(1);
  expect((await results()).filter(({ status }) => status === "rejected").length).toBe(1);
});

it("does not take away from whoever reads meanwhile", async () => {
  const { store, path } = freshObjects();
  const put: string[] = [];
  for (let at = 0; at < 60; at++) {
    writeFileSync(path, randomBytes(50_000));
    put.push((await putFile(store, path)).sha256);
  }
  const readers = [asAnother(store), { ...store, dir: `${store.dir}//` }];
  for (const each of readers) await listFiles(each);
  const reading = readers.map(async (each) => {
    for (const sha256 of put) expect(sha256Of(await getFile(each, sha256))).toBe(sha256);
  });
  await Promise.all([...reading, mergeSegments(store, exclusively)]);
  expect(readdirSync(join(store.dir, "segments")).filter((name) => name.endsWith(".damaged"))).toEqual([]);
});

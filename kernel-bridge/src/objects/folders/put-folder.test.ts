import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { Failure } from "../../failure.ts";
import { asAnother, bytesBelow, freshObjects, sha256Of } from "../fixtures/object-fixtures.ts";
import { hasFile } from "../has-file.ts";
import type { ObjectStore } from "../object-store.ts";
import { putFile } from "../put-file.ts";
import { getFile, listFiles } from "../read-file.ts";
import { putFolder } from "./put-folder.ts";
import { readFolder } from "./read-folder.ts";

function withFolder(files: Record<string, string | Buffer>) {
  const { store, path } = freshObjects();
  const folder = join(dirname(path), "data");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return { store, folder };
}
const numbered = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${at % 7}/${at}.txt`, `content ${at % 900}`]),
  );
const segments = (store: ObjectStore) => readdirSync(join(store.dir, "segments"));

async function read(store: ObjectStore, sha256: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { path, bytes } of readFolder(store, sha256)) {
    const parts: Buffer[] = [];
    for await (const part of bytes()) parts.push(part);
    files[path] = Buffer.concat(parts).toString("latin1");
  }
  return files;
}
const asLatin = (files: Record<string, string | Buffer>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content.toString("latin1")]));

it("stores a folder as one: small files together, all read back by one hash", async () => {
  const files = {
    ...numbered(2_000),
    "a.txt": "",
    "a/b.txt": "x",
    "a b/ü.bin": randomBytes(40_000),
    "large.bin": randomBytes(2_500_000),
  };
  const { store, folder } = withFolder(files);
  const put = await putFolder(store, folder);
  expect(put).toMatchObject({ files: 2_004, unread: [], skipped: [], withheld: [] });
  expect(segments(store).length).toBe(1);
  const manifest = (await getFile(store, put.sha256 ?? "")).toString();
  expect(sha256Of(Buffer.from(manifest))).toBe(put.sha256);
  const { v, files: listed } = JSON.parse(manifest);
  expect([v, listed.length]).toEqual([1, 2_004]);
  expect(listed.map(([path]: string[]) => path)).toEqual(Object.keys(files).sort());
  expect(await read(asAnother(store), put.sha256 ?? "")).toEqual(
    asLatin(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)]))),
  );
  const stored = new Set(await listFiles(asAnother(store)));
  for (const [, sha256] of listed) expect(stored.has(sha256)).toBe(true);
});

describe("the second time", () => {
  /** As if everything had been written long ago: what was written just now may change once more and keep its looks. */
  const later = () => Date.now() + 60_000;

  it("reads only what looks new, and writes only that and a changed manifest", async () => {
    const { store, folder } = withFolder(numbered(3_000));
    const first = await putFolder(store, folder, {}, later());
    const was = bytesBelow(join(store.dir, "segments"));
    const seen: string[] = [];
    const inspect = (path: string) => {
      seen.push(path);
      return () => null;
    };
    expect((await putFolder(store, folder, { inspect }, later())).sha256).toBe(first.sha256);
    expect(seen).toEqual([]);
    appendFileSync(join(folder, "3", "1417.txt"), "!");
    rmSync(join(folder, "4", "11.txt"));
    writeFileSync(join(folder, "4", "new.txt"), "new");
    const second = await putFolder(asAnother(store), folder, { inspect });
    expect(seen).toEqual(["3/1417.txt", "4/new.txt"]);
    expect(bytesBelow(join(store.dir, "segments")) - was).toBeLessThan(3_000);
    const files = await read(store, second.sha256 ?? "");
    expect([files["3/1417.txt"], files["4/11.txt"], files["4/new.txt"]]).toEqual([
      "content 517!",
      undefined,
      "new",
    ]);
    expect(Object.keys(files).length).toBe(3_000);
  });

  it.each<[string, (store: ObjectStore, looks: string) => void]>([
    ["the looks are damaged", (_, looks) => truncateSync(looks, readFileSync(looks).length - 1)],
    ["the looks are none", (_, looks) => writeFileSync(looks, "x")],
    ["a segment is gone", (store) => rmSync(join(store.dir, "segments", segments(store)[0]!))],
    [
      "a segment was cut short",
      (store) => truncateSync(join(store.dir, "segments", segments(store)[0]!), 99),
    ],
  ])("stores anew what is not there when %s", async (_, damage) => {
    const { store, folder } = withFolder(numbered(40));
    const { sha256 } = await putFolder(store, folder, {}, later());
    damage(store, join(store.dir, "folders", readdirSync(join(store.dir, "folders"))[0]!));
    const another = asAnother(store);
    expect((await putFolder(another, folder)).sha256).toBe(sha256);
    expect(await read({ ...store, dir: `${store.dir}//` }, sha256 ?? "")).toEqual(numbered(40));
  });
});

it("names what is in a folder and no file of it", async () => {
  const { store, folder } = withFolder({ "a.txt": "a", "in/b.txt": "b" });
  symlinkSync("a.txt", join(folder, "link.txt"));
  symlinkSync("in", join(folder, "loop"));
  symlinkSync("nowhere", join(folder, "lost"));
  const put = await putFolder(store, folder);
  expect(put.skipped).toEqual([
    { path: "loop", reason: "a link to a folder" },
    { path: "lost", reason: "a link to nothing" },
  ]);
  expect(await read(store, put.sha256 ?? "")).toEqual({ "a.txt": "a", "in/b.txt": "b", "link.txt": "a" });
});

it("has no hash of a folder of which a file changed meanwhile", async () => {
  const { store, folder } = withFolder({ "a.txt": "a", "b.txt": "b" });
  const inspect = (path: string) => () => {
    if (path === "a.txt") appendFileSync(join(folder, "b.txt"), "later");
    return null;
  };
  const put = await putFolder(store, folder, { inspect });
  expect(put).toMatchObject({
    sha256: null,
    unread: [{ path: "b.txt", reason: "changed while it was read" }],
  });
  expect(await hasFile(store, sha256Of(Buffer.from("a")))).toBe(true);
});

it.each([10, 100_000, 2_500_000])("only hashes what must not be stored, of %i bytes", async (size) => {
  const secret = Buffer.concat([randomBytes(size - 4), Buffer.from("key!")]);
  const { store, folder } = withFolder({ "a.txt": "a", "s.bin": secret });
  const failure = new Failure("test/secret", "It holds a secret.");
  const inspect = (path: string) => (bytes: Buffer) =>
    path === "s.bin" && bytes.includes("key!") ? failure : null;
  const put = await putFolder(store, folder, { inspect });
  expect(put).toMatchObject({ files: 2, withheld: [{ path: "s.bin", failure }] });
  expect((await getFile(store, put.sha256 ?? "")).toString()).toContain(sha256Of(secret));
  expect(await hasFile(store, sha256Of(secret))).toBe(false);
  expect(bytesBelow(store.dir)).toBeLessThan(2_000);
});

it.each([
  '{"v":2,"files":[]}',
  "[]",
  '{"v":1,"files":[["../a","00",1]]}',
  `{"v":1,"files":[["a/../../b","${"0".repeat(64)}",1]]}`,
  `{"v":1,"files":[["/etc/x","${"0".repeat(64)}",1]]}`,
])("does not take for a folder what is none: %s", async (text) => {
  const { store, path } = freshObjects();
  writeFileSync(path, text);
  const { sha256 } = await putFile(store, path);
  await expect(read(store, sha256)).rejects.toMatchObject({ code: "objects/no-folder" });
});

it("reads again what was written in the moment before: it could change once more and look the same", async () => {
  const { store, folder } = withFolder({ "a.txt": "a" });
  await putFolder(store, folder);
  const seen: string[] = [];
  const inspect = (path: string) => {
    seen.push(path);
    return () => null;
  };
  await putFolder(store, folder, { inspect });
  expect(seen).toEqual(["a.txt"]);
});

import { randomBytes } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { beforeEach, expect, it, vi } from "vitest";
import { freshObjects, sha256Of } from "./fixtures/object-fixtures.ts";
import { putFile } from "./put-file.ts";
import { getFile } from "./read-file.ts";

const disk = vi.hoisted(() => ({ code: "", after: 0, onSync: false }));

/** The disk itself, on which a segment takes so many bytes and then answers a fault. */
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const fail = () => Promise.reject(Object.assign(new Error(`${disk.code}: told to`), { code: disk.code }));
  return {
    ...real,
    open: async (path: string, ...rest: [string]) => {
      const file = await real.open(path, ...rest);
      if (!path.endsWith(".segment") || rest[0] !== "wx" || disk.code === "") return file;
      let taken = 0;
      const write = file.write.bind(file) as (bytes: Buffer, at: number) => Promise<unknown>;
      return Object.assign(file, {
        write: (bytes: Buffer, at: number) => {
          taken += bytes.length;
          return taken > disk.after ? fail() : write(bytes, at);
        },
        ...(disk.onSync ? { sync: fail } : {}),
      });
    },
  };
});

beforeEach(() => Object.assign(disk, { code: "", after: 0, onSync: false }));

it.each(
  [
    ["ENOSPC", "objects/disk-full"],
    ["EDQUOT", "objects/over-quota"],
    ["EFBIG", "objects/file-too-large"],
    ["EACCES", "objects/not-writable"],
    ["EROFS", "objects/not-writable"],
    ["EIO", "objects/disk-error"],
  ].flatMap(([code, wanted]) => [0, 1 << 20, 1 << 30].map((after) => [code!, after, wanted!] as const)),
)("%s after %i bytes leaves a hash, a reason and nothing else", async (code, after, wanted) => {
  const { store, path } = freshObjects();
  const bytes = randomBytes(4_000_000);
  writeFileSync(path, bytes);
  Object.assign(disk, { code, after, onSync: true });
  const failure = await putFile(store, path).catch((cause) => cause);
  const known = { sha256: sha256Of(bytes), size: bytes.length };
  expect(failure).toMatchObject({ code: wanted, data: known });
  expect(failure.message).toContain(`The bytes of ${path} were not stored.`);
  expect(failure.advice).not.toBe("");
  const files = [store.dir, store.temporary].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
  );
  expect(files).toEqual([]);
  disk.code = "";
  expect(await putFile(store, path)).toEqual(known);
  expect((await getFile(store, known.sha256)).equals(bytes)).toBe(true);
});

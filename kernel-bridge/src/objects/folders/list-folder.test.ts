import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { type FolderListing, listFiles, listFolder, namesOf, sumOf } from "./list-folder.ts";

/** More than are looked at without threads, in many folders and in one alone; names whose order is not that of the tree. */
const names = [
  ...Array.from({ length: 5_500 }, (_, at) => `many/${at % 40}/${at}.txt`),
  ...Array.from({ length: 5_500 }, (_, at) => `many/flat/${at}.txt`),
  ...["a.b", "a b/x", "a/x", "a/b.c", "a/b/c/d", "a/b0", "a0", "ü", "b/Z", "b/z", "z\n\\", "a-/x", "A"],
];
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lookback-listing-"));
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), name);
  }
  return () => rmSync(folder, { recursive: true });
});

/** Each file of a listing, in its order. */
const filesOf = ({ runs }: FolderListing) =>
  runs.flatMap((run) =>
    namesOf(run).map((name, at) => ({
      path: run.below + name,
      look: [...run.looks.subarray(at * 4, at * 4 + 4)],
    })),
  );
const lookOf = (path: string) => {
  const { size, mtimeMs, ctimeMs, ino } = statSync(join(folder, path));
  return { path, look: [size, mtimeMs, ctimeMs, ino] };
};

it("lists every file in the order of the paths, and how it looks", async () => {
  const listing = await listFolder(folder);
  expect(filesOf(listing)).toEqual([...names].sort().map(lookOf));
  expect(listing.skipped).toEqual([]);
  const size = names.reduce((sum, name) => sum + Buffer.byteLength(name), 0);
  expect(sumOf(listing)).toEqual({ files: names.length, size });
});

it("lists only the files that are named, and says of each that is none why", async () => {
  symlinkSync("a", join(folder, "link"));
  const asked = names.filter((_, at) => at % 2 === 0);
  const listing = await listFiles(folder, [...asked, "link", "gone", "many/gone/x"]);
  expect(filesOf(listing)).toEqual([...asked].sort().map(lookOf));
  expect(listing.skipped).toEqual([
    { path: "gone", reason: "a link to nothing" },
    { path: "link", reason: "a link to a folder" },
    { path: "many/gone/x", reason: "a link to nothing" },
  ]);
  rmSync(join(folder, "link"));
});

it("fails as the disk does where a folder cannot be read", async () => {
  expect(readdirSync(folder)).not.toContain("none");
  await expect(listFolder(join(folder, "none"))).rejects.toMatchObject({ code: "ENOENT" });
});

import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { eventOf } from "../../journal/read-event.ts";
import { hasFile } from "../../objects/has-file.ts";
import { checkStore } from "../check/check-store.ts";
import { freshStore, journalCell, record } from "../fixtures/record-one.ts";
import { filesOfFolder } from "../read/files-of-folder.ts";
import { restoreRun } from "../restore/restore-run.ts";
import { setFileLimit } from "../store/file-limit.ts";
import { journalPath, type WritableStore } from "../store/store.ts";
import { keptFolder } from "./kept-files.ts";

const names = Array.from({ length: 150 }, (_, at) => `${at % 2}/${String(at).padStart(3, "0")}.txt`);

/** A cell that read the files of a folder, as the observer tells it. */
async function readFolder(store: WritableStore, odd: Readonly<Record<string, string>> = {}) {
  const folder = join(store.root, "data");
  for (const [at, name] of names.entries()) {
    mkdirSync(join(folder, String(at % 2)), { recursive: true });
    writeFileSync(join(folder, name), odd[name] ?? `text ${at}`);
  }
  const lines = names.map((name) => {
    const { size, mtimeNs, ctimeNs, ino } = statSync(join(folder, name), { bigint: true });
    return JSON.stringify([name, Number(size), ...[mtimeNs, ctimeNs, ino].map(String)]);
  });
  mkdirSync(keptFolder(store));
  writeFileSync(join(keptFolder(store), "s.1-1.files"), `${lines.join("\n")}\n`);
  journalCell(store, "s", "x");
  const path = journalPath(store, "s");
  const text = readFileSync(path, "utf8").trimEnd().split("\n");
  const done = text.pop();
  const event = eventOf({
    t: "read",
    at: new Date().toISOString(),
    cell: "c0",
    path: folder,
    size: 1,
    mtimeNs: null,
    rows: null,
    columns: null,
    kind: "folder",
    files: names.length,
    list: "s.1-1.files",
  });
  writeFileSync(path, "");
  appendFileSync(path, `${[...text, JSON.stringify(event), done].join("\n")}\n`);
  return folder;
}

it("keeps the files of a folder as one dataset, and gives them back", async () => {
  const store = await freshStore();
  await readFolder(store);
  const run = await record(store, "s");
  expect(run?.datasets).toMatchObject([
    {
      path: "data",
      kind: "folder",
      files: 150,
      stored: true,
      unstable: false,
      size: 1_090,
    },
  ]);
  expect(run?.notes).toEqual([]);
  const files = await filesOfFolder(store, run?.datasets[0]?.sha256 ?? "");
  expect(files.map(({ path }) => path)).toEqual([...names].sort());
  expect(readdirSync(keptFolder(store))).toEqual([]);
  // All of it lies together, whatever else a run brings.
  expect(readdirSync(join(store.objects.dir, "segments"))).toHaveLength(1);
  const back = join(store.root, "back");
  expect((await restoreRun(store, run?.id ?? "", back)).missing).toEqual([]);
  for (const [at, name] of names.entries())
    expect(readFileSync(join(back, "data", name), "utf8")).toBe(`text ${at}`);
  expect(await checkStore(store)).toMatchObject({ faults: [], strays: [] });
});

it("does not say what a folder held of which a file has changed", async () => {
  const store = await freshStore();
  const folder = await readFolder(store);
  writeFileSync(join(folder, names[3] ?? ""), "other");
  const run = await record(store, "s");
  expect(run?.datasets).toMatchObject([{ kind: "folder", sha256: null, stored: false, unstable: true }]);
  expect(run?.notes.map(({ message }) => message)).toEqual([
    "1 file of 150 files in data changed or went after the cell used them: what it held is not known as a whole.",
  ]);
});

it("keeps of what shows a secret or is over the limit the hash, and the rest of the folder", async () => {
  const store = await freshStore();
  await setFileLimit(store, 1_000_000);
  const secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789AB";
  const [shown, again, large] = [names[3]!, names[4]!, names[5]!];
  const token = `token = "${secret}"`;
  await readFolder(store, { [shown]: token, [again]: `${token}\n`, [large]: "x".repeat(1_000_001) });
  const run = await record(store, "s");
  expect(run?.datasets).toMatchObject([{ kind: "folder", stored: false, unstable: false }]);
  expect(run?.notes.map(({ code }) => code).sort()).toEqual(["data/holds-secrets", "objects/too-large"]);
  const files = await filesOfFolder(store, run?.datasets[0]?.sha256 ?? "");
  expect(files).toHaveLength(150);
  const stored = await Promise.all(files.map(({ sha256 }) => hasFile(store.objects, sha256)));
  const lacking = files.filter((_, at) => !stored[at]).map(({ path }) => path);
  expect(lacking).toEqual([again, shown, large].sort());
});

it("counts no file of the folder that the cell did not use", async () => {
  const store = await freshStore();
  const folder = await readFolder(store);
  writeFileSync(join(folder, "0", "unused.txt"), "unused");
  const run = await record(store, "s");
  const files = await filesOfFolder(store, run?.datasets[0]?.sha256 ?? "");
  expect(files.map(({ path }) => path)).toEqual([...names].sort());
});

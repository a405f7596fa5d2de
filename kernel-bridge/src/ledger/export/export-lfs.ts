import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readChunks } from "../../objects/read-file.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import { readRef, writeRef } from "../chain/refs.ts";
import { lfsPointer } from "../format/lfs-pointer.ts";
import { writeRun } from "../format/read-run.ts";
import {
  commitObject,
  type GitObject,
  readCommit,
  type TreeEntry,
  treeEntries,
  treeObject,
} from "../git/git-object.ts";
import { packEntry, packOf } from "../git/pack-bytes.ts";
import { addPack } from "../git/packs.ts";
import { presenceOf, readObjects } from "../git/read-objects.ts";
import { treeOfFiles } from "../git/tree-of-files.ts";
import { readRunNotebook } from "../read/read-run-notebook.ts";
import type { WritableStore } from "../store/store.ts";
import type { ExportedFile, ExportedRun } from "./exported-files.ts";

/**
 * Makes a folder a bare git repository that `git clone` and `git lfs` read: a folder a run on its branch `main`, with the run, its notebook and pointers
 * to its data, which lies in `lfs/objects`. Runs that are there stay. Answers how many bytes the data takes there.
 */
export async function exportLfs(
  store: WritableStore,
  folder: string,
  runs: readonly ExportedRun[],
  onFile: (file: ExportedFile) => void,
): Promise<number> {
  const sizes = new Map<string, number>();
  for (const file of runs.flatMap(({ files }) => files)) {
    onFile(file);
    if (sizes.has(file.sha256)) continue;
    sizes.set(file.sha256, await giveOut(store, folder, file));
  }
  const there: WritableStore = { ...store, dir: folder, gitdir: folder, temporary: join(folder, "tmp") };
  await layRepository(there);
  const objects = new Map<string, GitObject>();
  const tops = new Map(
    treeEntries(objects.get(treeOfFiles(objects, new Map([[".gitattributes", attributes]])))!.body).map(
      (entry) => [entry.name, entry],
    ),
  );
  for (const { run, files } of runs) {
    const inside = new Map<string, string | Uint8Array>([
      ["run.json", writeRun(run)],
      ["notebook.ipynb", await readRunNotebook(store, run.id)],
    ]);
    for (const { place, sha256 } of files) inside.set(place, lfsPointer(sha256, sizes.get(sha256)!));
    tops.set(run.id, { mode: "40000", name: run.id, oid: treeOfFiles(objects, inside) });
  }
  await commit(there, objects, tops, runs.length);
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

const attributes = ["read", "written", "models"]
  .map((folder) => `/*/${folder}/** filter=lfs diff=lfs merge=lfs -text\n`)
  .join("");

/** Writes a file's bytes where git-lfs looks for them, and answers how many there are. */
async function giveOut(store: WritableStore, folder: string, { sha256 }: ExportedFile): Promise<number> {
  const path = join(folder, "lfs", "objects", sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  const known = await stat(path).catch(() => null);
  if (known === null)
    await writeAtomically(path, readChunks(store.objects, sha256), { temporary: join(folder, "tmp") });
  return (known ?? (await stat(path))).size;
}

async function layRepository({ gitdir }: WritableStore): Promise<void> {
  await writeAtomically(join(gitdir, "config"), "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
  await writeAtomically(join(gitdir, "HEAD"), `ref: ${branch}\n`);
}

const branch = "refs/heads/main";

/** Adds to the branch what was not there; nothing where all was. */
async function commit(
  there: WritableStore,
  objects: Map<string, GitObject>,
  tops: Map<string, TreeEntry>,
  count: number,
): Promise<void> {
  const parent = await readRef(there, branch);
  const before =
    parent === null
      ? null
      : await readObjects(there, async ({ read }) => {
          const oid = readCommit((await read(parent)).body)!.tree;
          return { oid, entries: treeEntries((await read(oid)).body) };
        });
  for (const entry of before?.entries ?? []) if (!tops.has(entry.name)) tops.set(entry.name, entry);
  const tree = treeObject([...tops.values()]);
  if (tree.oid === before?.oid) return;
  const made = commitObject({
    tree: tree.oid,
    parents: parent === null ? [] : [parent],
    seconds: Math.floor(Date.now() / 1000),
    message: `Export ${count} of Lookback's runs`,
  });
  for (const object of [tree, made]) objects.set(object.oid, object);
  const isThere = await presenceOf(there);
  const entries = [];
  for (const object of objects.values())
    if (!(await isThere(object.oid))) entries.push(await packEntry(object));
  await addPack(there, packOf(entries));
  await writeRef(there, branch, made.oid);
}

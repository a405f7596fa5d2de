import { createHash } from "node:crypto";
import { link, mkdir, rm } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import { Failure } from "../../failure.ts";
import { hasFile } from "../../objects/has-file.ts";
import { hashFile } from "../../objects/hash-file.ts";
import { checkFile, readChunks } from "../../objects/read-file.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { DatasetUse } from "../format/run.ts";
import type { Store } from "../store/store.ts";
import { filesOfFolder } from "./files-of-folder.ts";
import { readRunNotebook } from "./read-run-notebook.ts";
import { showRun } from "./show-run.ts";

export interface Restored {
  /** Absolute paths that were written, the notebook first. A file that already had the same bytes counts as written. */
  readonly written: readonly string[];
  /** Data the run used that is not in the store, or lies outside the workspace: named, not written. */
  readonly missing: readonly string[];
  /** Data that changed after the run read it: among what was written, as it was when the run ended, not as it was read. */
  readonly unstable: readonly string[];
}

/**
 * Writes a run's notebook and the data it read below a folder, byte for byte as the run recorded them, at their paths in the workspace.
 *
 * Never overwrites a file of other content: fails with `ledger/would-overwrite` before anything is written.
 */
export async function restoreRun(store: Store, id: string, folder: string): Promise<Restored> {
  const run = await showRun(store, id);
  const files = new Map<string, Content>();
  const missing: string[] = [];
  const changed: string[] = [];
  const notebook = await readRunNotebook(store, run.id);
  files.set(placeIn(folder, run.notebook), {
    sha256: createHash("sha256").update(notebook).digest("hex"),
    bytes: () => notebook,
  });
  for (const use of await withFiles(store, run.datasets)) {
    const { path, sha256, stored, access, unstable } = use;
    // Of what was read again after the run had changed it, what the run began with.
    if (access !== "read" || use.kind === "made" || files.has(placeIn(folder, path))) continue;
    const isElsewhere = isAbsolute(path) || path.includes("://") || !isInFile(use.kind);
    if (!stored || sha256 === null || isElsewhere || !(await hasFile(store.objects, sha256))) {
      missing.push(path);
      continue;
    }
    await checkFile(store.objects, sha256);
    if (unstable) changed.push(path);
    files.set(placeIn(folder, path), { sha256, bytes: () => readChunks(store.objects, sha256) });
  }
  const absent: [string, Content][] = [];
  for (const [path, content] of files) {
    const present = await hashOf(path);
    if (present === null) absent.push([path, content]);
    else if (present !== content.sha256) {
      throw new Failure("ledger/would-overwrite", `${path} exists and is different. Nothing was restored.`, {
        advice: "Restore into an empty folder.",
        data: { path },
      });
    }
  }
  for (const [path, content] of absent) await writeNew(path, content);
  return { written: [...files.keys()], missing, unstable: changed };
}

/** Not what came from an address, was made, or answered. */
function isInFile(kind: DatasetUse["kind"]): boolean {
  return kind === null || kind === "folder";
}

/** The files of a folder in its place. */
async function withFiles(store: Store, datasets: readonly DatasetUse[]): Promise<DatasetUse[]> {
  const all: DatasetUse[] = [];
  for (const use of datasets) {
    const isHere = use.stored && use.sha256 !== null && (await hasFile(store.objects, use.sha256));
    if (use.kind !== "folder" || use.access !== "read" || !isHere || use.sha256 === null) all.push(use);
    else
      for (const { path, sha256, size } of await filesOfFolder(store, use.sha256))
        all.push({ ...use, path: `${use.path}/${path}`, sha256, size });
  }
  return all;
}

interface Content {
  readonly sha256: string;
  readonly bytes: () => Uint8Array | AsyncIterable<Uint8Array>;
}

/** Null where there is no file. */
async function hashOf(path: string): Promise<string | null> {
  try {
    return (await hashFile(path)).sha256;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw cause;
  }
}

/** A file that appeared since it was looked for is not overwritten either: link refuses what exists. */
async function writeNew(path: string, content: Content): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.restoring`;
  await writeAtomically(temporary, content.bytes());
  try {
    await link(temporary, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    if ((await hashOf(path)) !== content.sha256)
      throw new Failure("ledger/would-overwrite", `${path} appeared meanwhile. It was not overwritten.`);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A run's path below the folder; its last part when it would lead out of it. */
function placeIn(folder: string, path: string): string {
  const base = resolve(folder);
  const wanted = resolve(base, path);
  return wanted.startsWith(base + sep) ? wanted : join(base, path.split(/[\\/]/).at(-1) || "notebook.ipynb");
}

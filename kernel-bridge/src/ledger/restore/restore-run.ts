import { randomUUID } from "node:crypto";
import { lstat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { hashFile } from "../../objects/hash-file.ts";
import type { Run } from "../format/run.ts";
import { showRun } from "../read/show-run.ts";
import type { Store } from "../store/store.ts";
import {
  type Content,
  type ContentsOfRun,
  changesOf,
  dataOf,
  lockFileOf,
  type NotRestored,
  notebookOf,
} from "./contents-of-run.ts";
import { isKeptElsewhere } from "./kept-elsewhere.ts";
import { placeIn, realOrGiven, whyNoPlace } from "./place-in.ts";
import { type Placed, putInPlace } from "./put-in-place.ts";
import { replacedFolder } from "./replaced-copies.ts";

export interface Restored {
  /** Absolute paths that were written, the notebook first. A file that already had the same bytes counts as written. */
  readonly written: readonly string[];
  /** Data the run used that was not written, and why. */
  readonly missing: readonly NotRestored[];
  /** Data that changed after the run read it: among what was written, as it was when the run ended, not as it was read. */
  readonly unstable: readonly string[];
  /** What was replaced: each file beside the copy that was kept of it. */
  readonly replaced: readonly { readonly path: string; readonly copy: string }[];
}

export interface RestoreParts {
  /** The data that it read, too. */
  readonly data: boolean;
  /** What differed from the person's commit, as `git/changes.diff`. */
  readonly changes?: boolean;
}

/**
 * Writes a run's notebook and the data it read below a folder, byte for byte as the run recorded them, at their paths in the workspace, and the
 * environment as `requirements.lock.txt`. All or nothing.
 *
 * Never overwrites a file of other content: fails with `ledger/would-overwrite` before anything is written.
 */
export async function restoreRun(
  store: Store,
  id: string,
  folder: string,
  parts: RestoreParts = { data: true },
): Promise<Restored> {
  const run = await showRun(store, id);
  const lock = parts.data ? lockFileOf(run) : null;
  const changes = parts.changes ? await changesKept(store, run) : null;
  const rest = [lock, changes].flatMap((each) => each ?? []);
  return restoreInto(store, folder, await notebookOf(store, run), rest, await dataWanted(store, run, parts));
}

/** Writes a run's notebook beside the original, under a name of its own; with its data into a folder beside it. Overwrites nothing. */
export async function restoreBeside(store: Store, id: string, parts: RestoreParts): Promise<Restored> {
  const run = await showRun(store, id);
  const original = placeOf(store, run);
  const extension = extname(original) || ".ipynb";
  const isFolder = parts.data || parts.changes;
  for (let number = 1; ; number++) {
    const nth = number === 1 ? "" : ` ${number}`;
    const name = `${basename(original, extname(original))} (run ${run.id.slice(-6).toLowerCase()})${nth}`;
    const beside = join(dirname(original), isFolder ? name : `${name}${extension}`);
    const wasThere = (await lstat(beside).catch(() => null)) !== null;
    try {
      if (isFolder) return await restoreRun(store, run.id, beside, parts);
      const notebook = { ...(await notebookOf(store, run)), name: `${name}${extension}` };
      return await restoreInto(store, dirname(original), notebook, [], nothing);
    } catch (cause) {
      // What is in the way of itself, as where names differ by case alone, is under any other name, too.
      const isTaken = cause instanceof Failure && cause.code === "ledger/would-overwrite" && wasThere;
      if (!isTaken) throw cause;
    }
  }
}

/**
 * Writes a run's notebook, and its data, in place of what stands there, of which a copy is kept in the store's folder `replaced`. Fails with
 * `restore/unsaved` where what stands there is in no run and not committed, unless `force`; nothing is written then.
 */
export async function restoreInPlace(
  store: Store,
  id: string,
  parts: RestoreParts & { readonly force: boolean },
): Promise<Restored> {
  const run = await showRun(store, id);
  placeOf(store, run);
  const { files, missing, unstable } = await dataWanted(store, run, parts);
  const placed: Placed[] = [];
  const written: string[] = [];
  const moment = `${new Date().toISOString().replace(/[:.]/g, "-")}-${randomUUID().slice(0, 4)}`;
  const { places, without } = await placesOf(store.root, [await notebookOf(store, run), ...files]);
  for (const [path, content] of places) {
    written.push(path);
    const present = await hashOf(path);
    if (present === content.sha256) continue;
    if (present !== null && !parts.force && !(await isKeptElsewhere(store, path, present)))
      throw unsaved(path);
    const copy = join(replacedFolder(store), moment, content.name);
    placed.push({ path, content, instead: present === null ? null : { sha256: present, copy } });
  }
  await putInPlace(await realOrGiven(store.root), placed, store.temporary);
  const replaced = placed.flatMap(({ path, instead }) => (instead ? [{ path, copy: instead.copy }] : []));
  return { written, missing: [...missing, ...without], unstable, replaced };
}

const nothing: ContentsOfRun = { files: [], missing: [], unstable: [] };

function dataWanted(store: Store, run: Run, { data }: RestoreParts): Promise<ContentsOfRun> {
  return data ? dataOf(store, run) : Promise.resolve(nothing);
}

/** Where its notebook belongs in the workspace. */
function placeOf(store: Store, run: Run): string {
  const why = whyNoPlace(run.notebook);
  if (why === null) return resolve(store.root, run.notebook);
  throw new Failure(
    "restore/no-place",
    `The notebook of run ${run.id}, ${run.notebook}, ${why}. Nothing was restored.`,
    { advice: "Name a folder: lookback restore RUN --to DIR" },
  );
}

async function changesKept(store: Store, run: Run): Promise<Content> {
  const content = await changesOf(store, run);
  if (content !== null) return content;
  const why =
    run.git?.changes?.notKept ??
    (run.git === null ? "there was no repository" : "nothing differed from the commit, or it was not asked");
  throw new Failure(
    "restore/no-changes",
    `The run keeps no uncommitted changes: ${why}. Nothing was restored.`,
  );
}

async function restoreInto(
  store: Store,
  folder: string,
  notebook: Content,
  rest: readonly Content[],
  data: ContentsOfRun,
): Promise<Restored> {
  const base = await realOrGiven(resolve(folder));
  const { places, without } = await placesOf(base, [notebook, ...data.files, ...rest]);
  const absent: Placed[] = [];
  for (const [path, content] of places) {
    const present = await hashOf(path);
    if (present === null) absent.push({ path, content, instead: null });
    else if (present !== content.sha256)
      throw new Failure("ledger/would-overwrite", `${path} exists and is different. Nothing was restored.`, {
        advice: "Restore into an empty folder.",
        data: { path },
      });
  }
  await putInPlace(base, absent, store.temporary);
  const missing = [...data.missing, ...without];
  return { written: [...places.keys()], missing, unstable: data.unstable, replaced: [] };
}

/** Where each of some files belongs; and those whose place another before them has: a notebook that read itself, a file that was a folder later. */
async function placesOf(
  base: string,
  contents: readonly Content[],
): Promise<{ readonly places: ReadonlyMap<string, Content>; readonly without: readonly NotRestored[] }> {
  const places = new Map<string, Content>();
  const names = new Set<string>();
  const folders = new Set<string>();
  const without: NotRestored[] = [];
  for (const content of contents) {
    const { name, sha256 } = content;
    const above = name.split("/").map((_, at, parts) => parts.slice(0, at).join("/"));
    const isFree = !folders.has(name) && !above.some((folder) => names.has(folder));
    // A link may make one place of two names.
    const path = isFree ? await placeIn(base, name) : null;
    const taken = path === null ? undefined : places.get(path);
    if (taken?.sha256 === sha256) continue;
    if (path === null || taken !== undefined) {
      without.push({
        path: name,
        reason: "Another file that is restored has its place.",
        advice: "`lookback export` gives each file of a run a place of its own.",
      });
      continue;
    }
    places.set(path, content);
    names.add(name);
    for (const folder of above) folders.add(folder);
  }
  return { places, without };
}

/** Null where there is no file. */
async function hashOf(path: string): Promise<string | null> {
  try {
    return (await hashFile(path)).sha256;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (code !== "EISDIR") throw cause;
    throw new Failure("ledger/would-overwrite", `${path} is a folder. Nothing was restored.`, {
      advice: "Restore into an empty folder.",
      data: { path },
    });
  }
}

function unsaved(path: string): Failure {
  return new Failure(
    "restore/unsaved",
    `What ${path} holds now is in no run and not committed. Nothing was restored.`,
    {
      advice: "Run it or commit it first, restore beside it, or use --force: a copy is kept.",
      data: { path },
    },
  );
}

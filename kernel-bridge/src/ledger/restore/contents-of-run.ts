import { createHash } from "node:crypto";
import { hasFile } from "../../objects/has-file.ts";
import { checkFile, readChunks } from "../../objects/read-file.ts";
import { readFileOf } from "../chain/read-commit.ts";
import type { DatasetUse, Run } from "../format/run.ts";
import { readObjects } from "../git/read-objects.ts";
import { readIndex } from "../index/run-index.ts";
import { filesOfFolder } from "../read/files-of-folder.ts";
import { findRun } from "../read/find-run.ts";
import { readRunNotebook } from "../read/read-run-notebook.ts";
import { othersRuns } from "../remotes/others-runs.ts";
import type { Store } from "../store/store.ts";
import { lockOf } from "./lock-of.ts";
import { whyNoPlace } from "./place-in.ts";

/** A file as a run recorded it, to be written. */
export interface Content {
  /** From the folder that it is restored into, with forward slashes. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: () => Uint8Array | AsyncIterable<Uint8Array>;
}

/** Data of a run that was not written. */
export interface NotRestored {
  readonly path: string;
  /** A sentence. */
  readonly reason: string;
  /** What would bring it; null where nothing does. */
  readonly advice: string | null;
}

export interface ContentsOfRun {
  readonly files: readonly Content[];
  readonly missing: readonly NotRestored[];
  /** Names of data that changed after the run read it: what is given is how it was when the run ended. */
  readonly unstable: readonly string[];
}

/** The notebook, at its path in the workspace; by its last name where it lies outside. */
export async function notebookOf(store: Store, run: Run): Promise<Content> {
  const bytes = await readRunNotebook(store, run.id);
  const last = run.notebook.split(/[\\/]/).at(-1) ?? "";
  const name = [run.notebook, last, "notebook.ipynb"].find((each) => whyNoPlace(each) === null)!;
  return contentOf(name, bytes);
}

/** The data that a run read, as it read it first: what it wrote itself before it read it is none of its inputs when `inputsOnly`. */
export async function dataOf(
  store: Store,
  run: Pick<Run, "id" | "datasets">,
  inputsOnly = false,
): Promise<ContentsOfRun> {
  const files = new Map<string, Content>();
  const missing = new Map<string, NotRestored>();
  const unstable: string[] = [];
  const written = new Set<string>();
  const isOfOthers = once(async () => (await othersRuns(store, await readIndex(store))).has(run.id));
  for (const use of await withFiles(store, run.datasets)) {
    const { path, sha256, stored, access } = use;
    if (access === "write") written.add(path);
    // Of what was read again after the run had changed it, what the run began with.
    if (access !== "read" || use.kind === "made" || files.has(path) || missing.has(path)) continue;
    if (inputsOnly && written.has(path)) continue;
    const why = await whyNot(store, use, run.id, isOfOthers);
    if (why !== null || !stored || sha256 === null) {
      missing.set(path, { path, reason: "", advice: null, ...why });
      continue;
    }
    await checkFile(store.objects, sha256);
    if (use.unstable) unstable.push(path);
    files.set(path, { name: path, sha256, bytes: () => readChunks(store.objects, sha256) });
  }
  return { files: [...files.values()], missing: [...missing.values()], unstable };
}

/** The environment as a file for `pip`; null where no package was recorded. */
export function lockFileOf(run: Run): Content | null {
  const text = lockOf(run);
  return text === null ? null : contentOf("requirements.lock.txt", Buffer.from(text));
}

/** What the person's working tree held besides their commit; null where nothing is kept. */
export async function changesOf(store: Store, run: Run): Promise<Content | null> {
  if (run.git?.changes == null || run.git.changes.notKept !== null) return null;
  const { commit } = await findRun(store, run.id);
  const text = await readObjects(store, (objects) => readFileOf(objects, commit, "git/changes.diff"));
  return contentOf("git/changes.diff", Buffer.from(text));
}

function contentOf(name: string, bytes: Uint8Array): Content {
  return { name, sha256: createHash("sha256").update(bytes).digest("hex"), bytes: () => bytes };
}

async function whyNot(
  store: Store,
  { path, sha256, stored, kind }: DatasetUse,
  runId: string,
  isOfOthers: () => Promise<boolean>,
): Promise<Pick<NotRestored, "reason" | "advice"> | null> {
  const plain = (reason: string) => ({ reason, advice: null });
  if (kind === "query") return plain("It is what a database answered; a run keeps its digest alone.");
  const noPlace = whyNoPlace(path);
  if (kind === "address" || noPlace === "is an address")
    return plain("It came from an address; a run keeps no copy of that.");
  if (noPlace !== null) return plain(`It ${noPlace}.`);
  if (sha256 === null) return plain("What was read is not known.");
  if (!stored) return plain("Its bytes were not stored.");
  if (await hasFile(store.objects, sha256)) return null;
  if (await isOfOthers())
    return { reason: "Its bytes were not fetched.", advice: `Fetch them with: lookback pull ${runId}` };
  return {
    reason: "Its bytes are not in the store.",
    advice: "`lookback fsck` says what the store has lost.",
  };
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

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= work();
    return answer;
  };
}

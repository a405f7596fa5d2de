import { readdir } from "node:fs/promises";
import { join } from "node:path";
import git from "isomorphic-git";
import { readJournal } from "../../journal/read-journal.ts";
import { checkFile } from "../../objects/read-file.ts";
import { listFiles } from "../../objects/recipe.ts";
import { readFileOf, readFolder } from "../chain/read-commit.ts";
import { pinsByCommit } from "../delete/pins.ts";
import type { Run } from "../format/run.ts";
import { joinNotebook } from "../format/split-notebook.ts";
import { readHeads, readIndex, rebuildIndex } from "../index/run-index.ts";
import { kernelLives, recordedUntil } from "../record/record-run.ts";
import { atomicFs } from "../store/atomic-fs.ts";
import type { Store } from "../store/open-store.ts";

export interface StoreCheck {
  readonly runs: number;
  readonly files: number;
  readonly bytes: number;
  readonly journals: number;
  /** What is wrong, in words; empty when every byte is as it was recorded. */
  readonly faults: readonly string[];
  /** What is well but not finished, such as cells that ended and are not recorded yet. */
  readonly pending: readonly string[];
}

/** Reads everything the store holds and verifies it: chains, trees, notebooks, every stored byte, pins, journals, and that the index equals git. Changes nothing but the index, which is only a copy, and which bytes count as stored: damaged ones no longer do. */
export async function checkStore(store: Store): Promise<StoreCheck> {
  const faults: string[] = [];
  const attempt = async <T>(what: string, run: () => Promise<T>): Promise<T | null> => {
    try {
      return await run();
    } catch (error) {
      faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  const runs = await checkChains(store, attempt);
  const { files, bytes } = await checkObjects(store, runs, faults, attempt);
  const commits = new Set(runs.map((each) => each.commit));
  const pins = (await attempt("pins", () => pinsByCommit(store))) ?? new Map<string, string[]>();
  for (const [commit, names] of pins) {
    if (!commits.has(commit))
      faults.push(
        `${names.join(", ")} rests on run commit ${commit.slice(0, 10)}, which is not in the ledger`,
      );
  }
  const kept = JSON.stringify(await attempt("index", () => readIndex(store)));
  const rebuilt = await attempt("index", () => rebuildIndex(store));
  const sorted = rebuilt?.sort((a, b) => (a.summary.id < b.summary.id ? -1 : 1));
  if (kept !== JSON.stringify(sorted)) faults.push("the index differed from git; it was rebuilt");
  const journals = await checkJournals(store, faults, attempt);
  return { runs: runs.length, files, bytes, ...journals, faults };
}

type Attempt = <T>(what: string, run: () => Promise<T>) => Promise<T | null>;

async function checkChains(store: Store, attempt: Attempt): Promise<{ commit: string; run: Run }[]> {
  const runs: { commit: string; run: Run }[] = [];
  for (const [writer, head] of (await attempt("refs", () => readHeads(store))) ?? []) {
    const chain =
      (await attempt(`chain ${writer}`, () => git.log({ fs: atomicFs, gitdir: store.gitdir, ref: head }))) ??
      [];
    for (const { oid } of chain) {
      const run = await attempt(`run commit ${oid.slice(0, 10)}`, async (): Promise<Run> => {
        joinNotebook(await readFolder(store, oid, "nb"));
        return JSON.parse(await readFileOf(store, oid, "run.json"));
      });
      if (run !== null) runs.push({ commit: oid, run });
    }
  }
  return runs;
}

async function checkObjects(
  store: Store,
  runs: readonly { readonly run: Run }[],
  faults: string[],
  attempt: Attempt,
): Promise<{ files: number; bytes: number }> {
  const stored = new Set(await listFiles(store.objects));
  let bytes = 0;
  for (const sha256 of stored)
    bytes += (await attempt("stored file", () => checkFile(store.objects, sha256))) ?? 0;
  for (const { run } of runs) {
    for (const dataset of run.datasets) {
      if (dataset.stored && dataset.sha256 !== null && !stored.has(dataset.sha256)) {
        faults.push(`run ${run.id}: the bytes of ${dataset.path} are missing from the store`);
      }
    }
  }
  return { files: stored.size, bytes };
}

async function checkJournals(store: Store, faults: string[], attempt: Attempt) {
  const folder = join(store.dir, "journal");
  const pending: string[] = [];
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
  for (const name of names) {
    const journal = await attempt(`journal ${name}`, () => readJournal(join(folder, name)));
    if (journal === null) continue;
    if (journal.broken.length > 0)
      faults.push(`journal ${name}: lines ${journal.broken.join(", ")} cannot be read`);
    const recorded = (await attempt("index", () => recordedUntil(store, name.slice(0, -6)))) ?? 0;
    const open = journal.entries.filter(({ event, end }) => event.t === "done" && end > recorded).length;
    const events = journal.entries.map(({ event }) => event);
    if (open > 0) {
      const when = kernelLives(events) ? "when its notebook is idle" : "the next time Lookback starts";
      pending.push(
        `${open} cells of session ${name.slice(0, -6)} are journaled and will be recorded ${when}`,
      );
    }
  }
  return { journals: names.length, pending };
}

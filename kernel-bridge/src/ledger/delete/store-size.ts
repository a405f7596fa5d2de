import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../objects/write-atomically.ts";
import { readIndex } from "../index/run-index.ts";
import { restsOn } from "../lineage/closures.ts";
import { linkRuns } from "../lineage/link-runs.ts";
import { foldMarks } from "../marks/fold-marks.ts";
import { restsOf } from "../pins/rests.ts";
import { replacedFolder } from "../restore/replaced-copies.ts";
import { bytesBelow } from "../store/bytes-below.ts";
import type { Store, WritableStore } from "../store/store.ts";
import { type CostlyVersion, costlyVersions } from "./costly-versions.ts";

/** What a store takes on disk, in bytes, and where it comes from. */
export interface StoreSize {
  readonly total: number;
  /** Stored data. */
  readonly data: number;
  /** The git history: notebooks, outputs, records. */
  readonly history: number;
  /** Copies of what was restored over. */
  readonly replaced: number;
  readonly budget: number;
  /** Versions of the largest files together, largest first. */
  readonly largest: readonly { readonly path: string; readonly versions: number; readonly bytes: number }[];
  /** Of them those whose newest version shares little with the one before, and could share more. */
  readonly costly: readonly CostlyVersion[];
  /** Deleted runs whose bytes were not freed yet. */
  readonly deleted: number;
  /** Runs of more than 90 days ago that nobody starred, named, tagged or made official and that no deployment rests on, and what data only they name, before what it shares. */
  readonly old: { readonly runs: readonly string[]; readonly bytes: number };
}

/** Measures a store; reads no history, and of data the end of a few files. */
export async function storeSize(store: Store, now = Date.now()): Promise<StoreSize> {
  const index = await readIndex(store);
  const [total, data, history, replaced] = await Promise.all(
    [store.dir, store.objects.dir, store.gitdir, replacedFolder(store)].map(bytesBelow),
  );
  const marks = foldMarks(index.events);
  const linked = linkRuns(index.recorded);
  const { rests } = await restsOf(store, index);
  const rankOf = new Map(index.recorded.map(({ commit }, rank) => [commit, rank]));
  const rested = restsOn(
    linked,
    rests.flatMap(({ commit }) => rankOf.get(commit) ?? []),
  );
  const old: string[] = [];
  const onlyOld = new Map<string, number>();
  const needed = new Set<string>();
  const byPath = new Map<string, Map<string, { readonly size: number; readonly at: string }>>();
  for (const { summary, uses } of index.entries) {
    const said = marks.get(summary.id);
    const isMarked =
      said !== undefined &&
      (said.starred || said.name !== null || said.tags.length > 0 || said.official.length > 0);
    const isOld =
      !isMarked &&
      now - Date.parse(summary.startedAt) > 90 * dayMs &&
      !rested.has(linked.rankOf.get(summary.id)!);
    if (isOld) old.push(summary.id);
    for (const { path, sha256, size, stored } of uses) {
      if (sha256 === null || !stored) continue;
      if (isOld) onlyOld.set(sha256, size ?? 0);
      else needed.add(sha256);
      const versions = byPath.get(path) ?? new Map();
      byPath.set(path, versions.set(sha256, { size: size ?? 0, at: summary.startedAt }));
    }
  }
  const files = [...byPath].map(([path, versions]) => ({
    path,
    bytes: sum([...versions.values()].map(({ size }) => size)),
    versions: [...versions]
      .map(([sha256, { size, at }]) => ({ sha256, size, at }))
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
  }));
  const largest = files.sort((a, b) => b.bytes - a.bytes).slice(0, 10);
  return {
    total: total!,
    data: data!,
    history: history!,
    replaced: replaced!,
    budget: await budgetOf(store),
    largest: largest.map(({ path, versions, bytes }) => ({ path, versions: versions.length, bytes })),
    costly: await costlyVersions(store.objects, largest),
    deleted: [...index.tombstones.values()].filter(({ freedAt }) => freedAt === null).length,
    old: {
      runs: old,
      bytes: sum([...onlyOld].flatMap(([sha256, size]) => (needed.has(sha256) ? [] : [size]))),
    },
  };
}

/** What a store may take before it is said, in bytes. */
async function budgetOf(store: Store): Promise<number> {
  const text = await readFile(budgetPath(store), "utf8").catch(() => "");
  return /^\d+\n?$/.test(text) ? Number(text) : defaultBudget;
}

/** What is stored and the budget, where it is more than that; else null. Looks at a few files only: for whoever has something else to do. */
export async function overBudget(
  store: Store,
): Promise<{ readonly takes: number; readonly budget: number } | null> {
  const folders = [
    join(store.objects.dir, "segments"),
    join(store.gitdir, "objects", "pack"),
    replacedFolder(store),
  ];
  const takes = sum(await Promise.all(folders.map(bytesBelow)));
  const budget = await budgetOf(store);
  return takes > budget ? { takes, budget } : null;
}

/** Sets what a store may take before it is said. Nothing is ever freed by itself. */
export function setBudget(store: WritableStore, bytes: number): Promise<void> {
  return writeAtomically(budgetPath(store), `${bytes}\n`, store);
}

const defaultBudget = 10 * 1024 ** 3;
const dayMs = 86_400_000;

function budgetPath(store: Store): string {
  return join(store.dir, "budget");
}

function sum(values: Iterable<number>): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}

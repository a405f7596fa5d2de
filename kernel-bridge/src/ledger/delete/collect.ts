import { bytesOnlyIn, filesBefore, removeFiles } from "../../objects/remove-files.ts";
import type { Author } from "../format/run.ts";
import type { RunEntry } from "../index/index-file.ts";
import { type RunIndex, readChains, readIndex } from "../index/run-index.ts";
import { appendEvent } from "../marks/append-event.ts";
import { alone } from "../pins/alone.ts";
import { othersRuns } from "../remotes/others-runs.ts";
import { refreshPins } from "../remotes/remote-pins.ts";
import { dropOldCopies, oldCopies } from "../restore/replaced-copies.ts";
import type { Store, WritableStore } from "../store/store.ts";
import { whileUnused } from "../store/use-data.ts";
import { addBytesOf, type BytesOfRuns } from "./bytes-of-runs.ts";
import type { Tombstone } from "./fold-tombstones.ts";
import { protectionOf, refuseUnread } from "./protect.ts";

/** What freeing bytes would take, or took. */
export interface Garbage {
  /** Deleted runs that cannot be brought back after it. */
  readonly runs: readonly (Tombstone & { readonly run: string; readonly notebook: string })[];
  /** Deleted runs that can still be brought back, because a deployment rests or rested on them. */
  readonly kept: readonly { readonly run: string; readonly deployments: readonly string[] }[];
  /** Data that only they need, largest first. `bytes` is its size; what it shares with other data stays. */
  readonly data: readonly GarbageData[];
  /** Stored files that no run names, and that have lain there for a day. */
  readonly unnamed: number;
  /** Copies of what was restored over more than 30 days ago. */
  readonly replaced: number;
  /** Bytes on disk; about, where nothing was freed yet. */
  readonly bytes: number;
}

export interface GarbageData {
  readonly path: string;
  readonly versions: number;
  readonly runs: readonly string[];
  readonly bytes: number;
}

/** What freeing would take; changes nothing. Reads every chain from git. Fails with `ledger/unsure` where anything cannot be read. */
export async function planCollect(store: Store): Promise<Garbage> {
  await refreshPins(store);
  const index = await readChains(store);
  const known: BytesOfRuns = new Map();
  const choice = await chooseRuns(store, index);
  const files = await chooseFiles(store, index, new Set(choice.runs.map(({ run }) => run)), known);
  const bytes = await bytesOnlyIn(store.objects, new Set([...files.named, ...files.unnamed]));
  const copies = await oldCopies(store);
  return garbage(choice, index, files, { replaced: copies.folders.length, bytes: bytes + copies.bytes });
}

/**
 * Frees the bytes that only deleted runs need. Never what a run that stands, or a deployment now or ever, rests on: all chains are read
 * from git first, and anything that cannot be read stops it with `ledger/unsure`. What is recorded meanwhile keeps what it uses. Whenever the
 * process ends nothing else is lost, and the next call finishes. The text of notebooks stays in the git history of the ledger.
 */
export async function collect(store: WritableStore, by: Author): Promise<Garbage> {
  const known: BytesOfRuns = new Map();
  const { choice, index, going } = await alone(store, async () => {
    await refreshPins(store);
    const seen = await readChains(store);
    const chosen = await chooseRuns(store, seen);
    const runs = new Set(chosen.runs.map(({ run }) => run));
    // What cannot be read must stop it before anything is said.
    await addBytesOf(store, seen.recorded, await mayBeGone(store, seen, runs), known);
    const fresh = chosen.runs.filter(({ freedAt }) => freedAt === null).map(({ run }) => run);
    // From here on they cannot be brought back: whatever of their bytes goes, nobody finds half of a run.
    if (fresh.length > 0) await appendEvent(store, { kind: "free", runs: fresh }, { by, seen });
    return { choice: chosen, index: seen, going: runs };
  });
  const chosen = { named: new Set<string>(), unnamed: new Set<string>() };
  const bytes = await removeFiles(
    store.objects,
    async () => {
      // Runs that were recorded since have what they found stored.
      const now = await readIndex(store);
      refuseUnread(now);
      const files = await chooseFiles(store, now, going, known);
      for (const sha256 of files.named) chosen.named.add(sha256);
      for (const sha256 of files.unnamed) chosen.unnamed.add(sha256);
      return [...files.named, ...files.unnamed];
    },
    (step) => whileUnused(store, step),
  );
  const dropped = await dropOldCopies(store);
  const files = { named: [...chosen.named], unnamed: [...chosen.unnamed] };
  return garbage(choice, index, files, { replaced: dropped.copies, bytes: bytes + dropped.bytes });
}

type Choice = Pick<Garbage, "runs" | "kept">;

async function chooseRuns(store: Store, index: RunIndex): Promise<Choice> {
  const protection = await protectionOf(store, index);
  const deleted = index.recorded.flatMap(({ summary }, rank) => {
    const tombstone = index.tombstones.get(summary.id);
    return tombstone === undefined ? [] : [{ rank, run: summary.id, notebook: summary.notebook, tombstone }];
  });
  return {
    runs: deleted.flatMap(({ rank, run, notebook, tombstone }) =>
      protection.ranks.has(rank) ? [] : [{ run, notebook, ...tombstone }],
    ),
    kept: deleted.flatMap(({ rank, run, tombstone }) =>
      protection.ranks.has(rank) && tombstone.freedAt === null
        ? [{ run, deployments: protection.restsOn(rank).map(({ deployment }) => deployment) }]
        : [],
    ),
  };
}

interface ChosenFiles {
  /** That runs to be freed name, and no other. */
  readonly named: readonly string[];
  /** That no run names. */
  readonly unnamed: readonly string[];
}

async function chooseFiles(
  store: Store,
  index: RunIndex,
  going: ReadonlySet<string>,
  known: BytesOfRuns,
): Promise<ChosenFiles> {
  const { recorded } = index;
  await addBytesOf(store, recorded, await mayBeGone(store, index, going), known);
  const isGoing = ({ summary }: RunEntry) => going.has(summary.id);
  const kept = new Set<string>();
  const named = new Set<string>();
  for (const run of recorded)
    for (const hash of known.get(run.commit) ?? []) (isGoing(run) ? named : kept).add(hash);
  const old = await filesBefore(store.objects, Date.now() - dayMs);
  const all = await filesBefore(store.objects, Number.POSITIVE_INFINITY);
  return {
    named: all.filter((sha256) => named.has(sha256) && !kept.has(sha256)),
    unnamed: old.filter((sha256) => !named.has(sha256) && !kept.has(sha256)),
  };
}

const dayMs = 86_400_000;

/** Runs of which some bytes may have been freed before, or were never fetched. */
async function mayBeGone(
  store: Store,
  index: RunIndex,
  going: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  return new Set([
    ...going,
    ...(await othersRuns(store, index)),
    ...[...index.tombstones].flatMap(([run, { freedAt }]) => (freedAt === null ? [] : [run])),
  ]);
}

function garbage(
  choice: Choice,
  { recorded }: RunIndex,
  files: ChosenFiles,
  freed: Pick<Garbage, "replaced" | "bytes">,
): Garbage {
  const going = new Set(choice.runs.map(({ run }) => run));
  const gone = new Set(files.named);
  const byPath = new Map<string, { readonly sizes: Map<string, number>; readonly runs: Set<string> }>();
  for (const { summary, uses } of recorded) {
    if (!going.has(summary.id)) continue;
    for (const { path, sha256, size } of uses) {
      if (sha256 === null || !gone.has(sha256)) continue;
      const data = byPath.get(path) ?? { sizes: new Map(), runs: new Set() };
      data.sizes.set(sha256, size ?? 0);
      data.runs.add(summary.id);
      byPath.set(path, data);
    }
  }
  const data = [...byPath].map(([path, { sizes, runs }]) => ({
    path,
    versions: sizes.size,
    runs: [...runs],
    bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
  }));
  return {
    // One whose bytes went before is of interest only while something of it is left.
    runs: choice.runs.filter(
      ({ freedAt, run }) => freedAt === null || data.some(({ runs }) => runs.includes(run)),
    ),
    kept: choice.kept,
    data: data.sort((a, b) => b.bytes - a.bytes),
    unnamed: files.unnamed.length,
    ...freed,
  };
}

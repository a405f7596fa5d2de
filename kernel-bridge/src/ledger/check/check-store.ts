import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { counted } from "../../counted.ts";
import { readJournal } from "../../journal/read-journal.ts";
import { hasFile } from "../../objects/has-file.ts";
import { checkFile, listFiles } from "../../objects/read-file.ts";
import { chunkReader } from "../../objects/segments/chunk-reader.ts";
import { commitOf, readFolder } from "../chain/read-commit.ts";
import { listRefs, writerId } from "../chain/refs.ts";
import { ownWriters } from "../chain/writer.ts";
import { foldTombstones } from "../delete/fold-tombstones.ts";
import type { LedgerEvent } from "../format/event.ts";
import { isEventCommit, readEvent } from "../format/read-event.ts";
import { readRun } from "../format/read-run.ts";
import type { DatasetUse, Run } from "../format/run.ts";
import { joinNotebook } from "../format/split-notebook.ts";
import { type ObjectReader, readObjects } from "../git/read-objects.ts";
import { inFoldOrder } from "../index/fold-order.ts";
import {
  type EventEntry,
  type IndexEntry,
  knownEntries,
  type RunEntry,
  writeAnew,
} from "../index/index-file.ts";
import { indexEntry } from "../index/run-index.ts";
import { pinsByCommit } from "../pins/pins.ts";
import { filesOfFolder } from "../read/files-of-folder.ts";
import { kernelLives } from "../record/kernel-lives.ts";
import { sessionsIn } from "../record/open-journals.ts";
import { markOf, marksIn } from "../record/recorded-mark.ts";
import { wasShared } from "../remotes/remote-list.ts";
import { idOfFile } from "../store/file-name.ts";
import { journalFolder, type Store } from "../store/store.ts";
import { strayFiles } from "./stray-files.ts";

/** What a look at everything in a store found. */
export interface StoreCheck {
  readonly runs: number;
  readonly files: number;
  readonly bytes: number;
  readonly journals: number;
  /** What is wrong, in words; empty when every byte is as it was recorded. */
  readonly faults: readonly string[];
  /** What is well but not finished, such as cells that ended and are not recorded yet. */
  readonly pending: readonly string[];
  /** Files that are no part of the store and change nothing, as paths from its folder. */
  readonly strays: readonly string[];
}

/**
 * Reads everything the store holds and verifies it: chains, every file of every run, notebooks, every stored byte, pins, journals, and
 * that the index says what git says. Changes nothing but the index, which is only a copy, and which bytes count as stored: damaged ones no
 * longer do. A store that is not there is empty.
 */
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
  const { recorded, events } = await checkChains(store, faults, attempt);
  const tombstones = foldTombstones(inFoldOrder(events));
  const live = recorded.filter(({ run }) => !tombstones.has(run.id));
  // What was deleted may still be restored, but its bytes need not be there any more.
  const { files, bytes, elsewhere } = await checkObjects(store, live, faults, attempt);
  await checkPins(store, new Set(recorded.map(({ entry }) => entry.commit)), faults, attempt);
  const entries = [...recorded.map(({ entry }) => entry), ...events];
  await checkIndex(store, new Map(entries.map((entry) => [entry.commit, entry])), faults, attempt);
  const journals = await checkJournals(store, faults, attempt);
  const strays = (await attempt("strays", () => strayFiles(store))) ?? [];
  const pending = [...elsewhere, ...journals.pending];
  return {
    runs: live.length,
    files,
    bytes,
    journals: journals.journals,
    pending,
    faults,
    strays: strays.map(({ path }) => path),
  };
}

type Attempt = <T>(what: string, run: () => Promise<T>) => Promise<T | null>;

interface Recorded {
  readonly run: Run;
  readonly entry: RunEntry;
}

async function checkChains(
  store: Store,
  faults: string[],
  attempt: Attempt,
): Promise<{ readonly recorded: readonly Recorded[]; readonly events: readonly EventEntry[] }> {
  const recorded: Recorded[] = [];
  const events: EventEntry[] = [];
  const heads = await attempt("refs", () => listRefs(store, "refs/lookback/log", writerId));
  for (const [name, what] of heads?.odd ?? []) if (writerId.test(name)) faults.push(`chain ${name}: ${what}`);
  await readObjects(store, async (objects) => {
    for (const [writer, head] of heads?.found ?? []) {
      for (let at: string | null = head; at !== null; ) {
        const oid: string = at;
        const commit = await attempt(`chain ${writer}`, () => commitOf(objects, oid));
        const parent: string | null = commit?.parents[0] ?? null;
        at = parent;
        if (commit === null) continue;
        const place = { commit: oid, parent, writer };
        if (isEventCommit(commit)) {
          const event = await attempt(`event commit ${oid.slice(0, 10)}`, () => eventIn(objects, oid));
          if (event !== null) events.push({ ...place, event });
          continue;
        }
        const run = await attempt(`run commit ${oid.slice(0, 10)}`, async () => {
          const files = await readFolder(objects, oid, "");
          joinNotebook(new Map([...files].map(([path, text]) => [path.replace(/^nb\//, ""), text])));
          return readRun(files.get("run.json") ?? "");
        });
        if (run !== null) recorded.push({ run, entry: indexEntry(run, place) });
      }
    }
  });
  return { recorded, events };
}

async function eventIn(objects: ObjectReader, commit: string): Promise<LedgerEvent> {
  return readEvent((await readFolder(objects, commit, "")).get("event.json") ?? "");
}

async function checkObjects(
  store: Store,
  live: readonly Recorded[],
  faults: string[],
  attempt: Attempt,
): Promise<{ files: number; bytes: number; elsewhere: string[] }> {
  // What a fetched segment lists beside what was asked for may lack chunks, as may what was being freed: runs tell whether that is a fault.
  const stored = new Set<string>();
  for (const sha256 of await listFiles(store.objects))
    if (await hasFile(store.objects, sha256)) stored.add(sha256);
  let bytes = 0;
  const reader = await chunkReader(store.objects);
  try {
    for (const sha256 of stored)
      bytes += (await attempt("stored file", () => checkFile(store.objects, sha256, reader))) ?? 0;
  } finally {
    await reader.close();
  }
  const own = await attempt("writers", () => ownWriters(store));
  const isShared = await wasShared(store);
  const unfetched = new Set<string>();
  for (const { run, entry } of live) {
    const isUnfetched = isShared && own?.has(entry.writer) === false;
    const uses = isUnfetched ? run.datasets : await withFilesOfFolders(store, run.datasets, attempt);
    for (const dataset of uses) {
      if (!dataset.stored || dataset.sha256 === null || stored.has(dataset.sha256)) continue;
      // What is a part of another file, too, is listed as that.
      if (await hasFile(store.objects, dataset.sha256)) continue;
      if (isUnfetched) unfetched.add(dataset.sha256);
      else {
        faults.push(`run ${run.id}: the bytes of ${dataset.path} are missing from the store`);
      }
    }
  }
  const elsewhere =
    unfetched.size === 0
      ? []
      : [
          `${counted(unfetched.size, "data file")} of others' runs ${unfetched.size === 1 ? "was" : "were"} not fetched; \`lookback pull --data\` fetches what is there`,
        ];
  return { files: stored.size, bytes, elsewhere };
}

/** The uses, and each file of a folder among them. */
async function withFilesOfFolders(
  store: Store,
  datasets: Run["datasets"],
  attempt: Attempt,
): Promise<Pick<DatasetUse, "path" | "sha256" | "stored">[]> {
  const all: Pick<DatasetUse, "path" | "sha256" | "stored">[] = [...datasets];
  for (const { kind, stored, sha256, path } of datasets) {
    if (kind !== "folder" || !stored || sha256 === null) continue;
    const files = await attempt(`files of ${path}`, () => filesOfFolder(store, sha256));
    for (const file of files ?? [])
      all.push({ path: `${path}/${file.path}`, sha256: file.sha256, stored: true });
  }
  return all;
}

async function checkPins(
  store: Store,
  commits: ReadonlySet<string>,
  faults: string[],
  attempt: Attempt,
): Promise<void> {
  const pinned = await attempt("pins", () => pinsByCommit(store));
  for (const what of pinned?.unreadable ?? []) faults.push(`pins: ${what}`);
  for (const [commit, names] of pinned?.pins ?? []) {
    if (commits.has(commit)) continue;
    const short = commit.slice(0, 10);
    faults.push(`${names.join(", ")} rests on run commit ${short}, which is not in the ledger`);
  }
}

/** What the index lacks is read from git when it is needed; what it says otherwise is wrong. */
async function checkIndex(
  store: Store,
  recorded: ReadonlyMap<string, IndexEntry>,
  faults: string[],
  attempt: Attempt,
): Promise<void> {
  const known = (await attempt("index", () => knownEntries(store))) ?? new Map<string, IndexEntry>();
  const differs = [...known.values()].some(
    (entry) => JSON.stringify(entry) !== JSON.stringify(recorded.get(entry.commit)),
  );
  if (!differs) return;
  faults.push("the index differed from git; it was rebuilt");
  await writeAnew(store, recorded);
}

async function checkJournals(store: Store, faults: string[], attempt: Attempt) {
  const pending: string[] = [];
  const names = await readdir(journalFolder(store)).catch(() => []);
  const sessions = sessionsIn(names);
  const marks = marksIn(names);
  for (const session of sessions) {
    const journal = await attempt(`journal ${session}`, () =>
      readJournal(join(journalFolder(store), `${session}.jsonl`)),
    );
    if (journal === null) continue;
    if (journal.broken.length > 0)
      faults.push(`journal ${session}: lines ${journal.broken.join(", ")} cannot be read`);
    let mark = marks.get(session);
    if (mark?.open) mark = (await attempt("marks", () => markOf(store, idOfFile(session)))) ?? mark;
    const recorded = mark?.until ?? 0;
    const open = journal.entries.filter(({ event, end }) => event.t === "done" && end > recorded).length;
    if (open > 0) {
      const lives = kernelLives(journal.entries.map(({ event }) => event));
      const when = lives ? "when its notebook is idle" : "the next time Lookback starts";
      pending.push(
        `${counted(open, "cell")} of session ${session} ${open === 1 ? "is" : "are"} journaled and will be recorded ${when}`,
      );
    }
  }
  return { journals: sessions.length, pending };
}

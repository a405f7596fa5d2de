import { counted } from "../../counted.ts";
import { commitOf, readFileOf } from "../chain/read-commit.ts";
import { listRefs, type Refs, writerId } from "../chain/refs.ts";
import { foldTombstones, type Tombstone } from "../delete/fold-tombstones.ts";
import { isEventCommit, readEvent } from "../format/read-event.ts";
import { readRun } from "../format/read-run.ts";
import type { Run, UnreadableRun } from "../format/run.ts";
import { runSummary } from "../format/run-summary.ts";
import { type ObjectReader, readObjects } from "../git/read-objects.ts";
import { looksOfRun } from "../odometer/looks-of-run.ts";
import type { Store } from "../store/store.ts";
import { inFoldOrder } from "./fold-order.ts";
import {
  addToIndex,
  type ChainPlace,
  type DataUse,
  type EventEntry,
  type IndexEntry,
  knownEntries,
  type RunEntry,
} from "./index-file.ts";

/** What all chains hold. */
export interface RunIndex {
  /** The runs that stand, oldest first, each once: those that were not deleted. */
  readonly entries: readonly RunEntry[];
  /** Every run that was ever recorded, oldest first. */
  readonly recorded: readonly RunEntry[];
  readonly tombstones: ReadonlyMap<string, Tombstone>;
  /** In the order they count. */
  readonly events: readonly EventEntry[];
  /** What stands in a chain and cannot be read, deleted or not. */
  readonly unreadable: readonly UnreadableRun[];
}

/**
 * The runs and events of all chains as their refs stand now. Each chain is walked from its newest commit; what the index file does not
 * know is read from git, and added to it. The file only spares reading: whatever it lacks or holds twice, and whoever writes it meanwhile,
 * the answer is the same.
 */
export async function readIndex(store: Store): Promise<RunIndex> {
  const heads = await listRefs(store, "refs/lookback/log", writerId);
  const known = await knownEntries(store);
  const walk = await walkChains(store, heads, known);
  await addToIndex(store, walk.added);
  await addLostChains(store, heads, known, walk);
  return folded(walk);
}

/** As `readIndex`, all of it read from git and verified: for what cannot be undone. */
export async function readChains(store: Store): Promise<RunIndex> {
  const heads = await listRefs(store, "refs/lookback/log", writerId);
  const walk = await walkChains(store, heads, new Map());
  await addLostChains(store, heads, await knownEntries(store), walk);
  return folded(walk);
}

/** What the index keeps of a run that stands at a place in a chain. */
export function indexEntry(run: Run, { commit, parent, writer }: ChainPlace): RunEntry {
  const { id: session, journalEnd, cellsBefore } = run.session;
  const summary = runSummary(run, []);
  return {
    commit,
    parent,
    writer,
    session,
    journalEnd,
    cellsBefore,
    uses: usesOf(run),
    looks: looksOfRun(run),
    summary,
  };
}

function usesOf({ datasets }: Run): DataUse[] {
  const uses = new Map<string, DataUse>();
  for (const { path, sha256, access, size, stored, unstable, kind } of datasets) {
    uses.set(`${access} ${sha256} ${path}`, {
      path,
      sha256,
      access,
      size,
      stored,
      ...(unstable ? { unstable } : {}),
      ...(kind === "folder" ? { isFolder: true } : {}),
    });
  }
  return [...uses.values()];
}

function folded({ entries, unreadable, events: found }: Walk): RunIndex {
  const recorded = entries.sort((a, b) => (a.summary.id < b.summary.id ? -1 : 1));
  const events = inFoldOrder(found);
  const tombstones = foldTombstones(events);
  return {
    entries: tombstones.size === 0 ? recorded : recorded.filter(({ summary }) => !tombstones.has(summary.id)),
    recorded,
    tombstones,
    events,
    unreadable,
  };
}

interface Walk {
  readonly entries: RunEntry[];
  readonly events: EventEntry[];
  readonly unreadable: UnreadableRun[];
  /** Read from git. */
  readonly added: IndexEntry[];
}

async function walkChains(store: Store, heads: Refs, known: ReadonlyMap<string, IndexEntry>): Promise<Walk> {
  return readObjects(store, async (objects) => {
    const found: Walk = { entries: [], events: [], unreadable: [], added: [] };
    for (const [writer, head] of heads.found) await walkChain(objects, known, writer, head, found);
    return found;
  });
}

async function walkChain(
  objects: ObjectReader,
  known: ReadonlyMap<string, IndexEntry>,
  writer: string,
  head: string,
  walk: Walk,
): Promise<void> {
  const reached = new Set<string>();
  for (let at: string | null = head; at !== null; ) {
    reached.add(at);
    const entry: IndexEntry | Unread = known.get(at) ?? (await entryOf(objects, at, writer));
    if ("unreadable" in entry) {
      walk.unreadable.push(entry.unreadable);
      if (entry.parent === "unknown") {
        // What lies behind is not reached any more; what is known of it is still true.
        for (const each of known.values())
          if (each.writer === writer && !reached.has(each.commit)) take(walk, each);
        return;
      }
    } else {
      take(walk, entry);
      if (!known.has(at)) walk.added.push(entry);
    }
    at = entry.parent;
  }
}

function take(walk: Walk, entry: IndexEntry): void {
  if ("event" in entry) walk.events.push(entry);
  else walk.entries.push(entry);
}

type Unread = { readonly unreadable: UnreadableRun; readonly parent: string | null | "unknown" };

/** What a commit records. `parent` is unknown where not even that can be read. */
async function entryOf(objects: ObjectReader, oid: string, writer: string): Promise<IndexEntry | Unread> {
  let commit: Awaited<ReturnType<typeof commitOf>>;
  try {
    commit = await commitOf(objects, oid);
  } catch (error) {
    const reason = `${messageOf(error)} What its chain recorded before is listed as far as it is known.`;
    return {
      unreadable: { id: null, notebook: null, startedAt: null, commit: oid, reason },
      parent: "unknown",
    };
  }
  const parent = commit.parents[0] ?? null;
  try {
    const place = { commit: oid, parent, writer };
    if (isEventCommit(commit))
      return { ...place, event: readEvent(await readFileOf(objects, oid, "event.json")) };
    return indexEntry(readRun(await readFileOf(objects, oid, "run.json")), place);
  } catch (error) {
    // The message says notebook and id, for whoever reads the log with git.
    const [, notebook = null, id = null] = /^(.*) ([0-9A-Z]{26})$/.exec(commit.message) ?? [];
    const startedAt = new Date(commit.seconds * 1000).toISOString();
    return { unreadable: { id, notebook, startedAt, commit: oid, reason: messageOf(error) }, parent };
  }
}

/** Chains whose ref is gone or holds no commit, which nobody does on purpose: what the index file knows of them is still true. */
async function addLostChains(
  store: Store,
  heads: Refs,
  known: ReadonlyMap<string, IndexEntry>,
  walk: Walk,
): Promise<void> {
  const lost = new Map<string, IndexEntry[]>();
  for (const entry of known.values())
    if (!heads.found.has(entry.writer)) lost.set(entry.writer, [...(lost.get(entry.writer) ?? []), entry]);
  for (const name of heads.odd.keys()) if (writerId.test(name)) lost.set(name, lost.get(name) ?? []);
  if (lost.size === 0) return;
  // A chain that another process began since the refs were listed is no lost one, and not yet of this answer.
  const { found: now } = await listRefs(store, "refs/lookback/log", writerId);
  for (const [writer, entries] of lost) {
    if (now.has(writer)) continue;
    for (const entry of entries) take(walk, entry);
    const runs = entries.filter((entry) => "summary" in entry).length;
    const reason = `The chain ${writer} cannot be read: its ref is gone or damaged. ${counted(runs, "run of it is", "runs of it are")} known.`;
    walk.unreadable.push({ id: null, notebook: null, startedAt: null, commit: null, reason });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

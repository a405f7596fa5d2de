import { counted } from "../../counted.ts";
import { commitOf, readFileOf } from "../chain/read-commit.ts";
import { listRefs, type Refs, writerId } from "../chain/refs.ts";
import { readRun } from "../format/read-run.ts";
import type { Run, UnreadableRun } from "../format/run.ts";
import { runSummary } from "../format/run-summary.ts";
import { type ObjectReader, readObjects } from "../git/read-objects.ts";
import type { Store } from "../store/store.ts";
import { addToIndex, type IndexEntry, knownEntries } from "./index-file.ts";

/** Every run of every writer, oldest first, each once; and what stands in a chain and cannot be read. */
export interface RunIndex {
  readonly entries: readonly IndexEntry[];
  readonly unreadable: readonly UnreadableRun[];
}

/**
 * The runs of all chains as their refs stand now. Each chain is walked from its newest commit; what the index file does not know is
 * read from git, and added to it. The file only spares reading: whatever it lacks or holds twice, and whoever writes it meanwhile,
 * the answer is the same.
 */
export async function readIndex(store: Store): Promise<RunIndex> {
  const heads = await listRefs(store, "refs/lookback/log", writerId);
  const known = await knownEntries(store);
  const walk = await readObjects(store, async (objects) => {
    const found: Walk = { entries: [], unreadable: [], added: [] };
    for (const [writer, head] of heads.found) await walkChain(objects, known, writer, head, found);
    return found;
  });
  await addToIndex(store, walk.added);
  addLostChains(heads, known, walk);
  walk.entries.sort((a, b) => (a.summary.id < b.summary.id ? -1 : 1));
  return walk;
}

/** What the index keeps of a run that stands at a place in a chain. Its pins are not part of it: they come and go. */
export function indexEntry(run: Run, place: Pick<IndexEntry, "commit" | "parent" | "writer">): IndexEntry {
  const { id: session, journalEnd } = run.session;
  return { ...place, session, journalEnd, summary: runSummary(run, []) };
}

interface Walk {
  readonly entries: IndexEntry[];
  readonly unreadable: UnreadableRun[];
  /** Read from git. */
  readonly added: IndexEntry[];
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
          if (each.writer === writer && !reached.has(each.commit)) walk.entries.push(each);
        return;
      }
    } else {
      walk.entries.push(entry);
      if (!known.has(at)) walk.added.push(entry);
    }
    at = entry.parent;
  }
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
    const run = readRun(await readFileOf(objects, oid, "run.json"));
    return indexEntry(run, { commit: oid, parent, writer });
  } catch (error) {
    // The message says notebook and id, for whoever reads the log with git.
    const [, notebook = null, id = null] = /^(.*) ([0-9A-Z]{26})$/.exec(commit.message) ?? [];
    const startedAt = new Date(commit.seconds * 1000).toISOString();
    return { unreadable: { id, notebook, startedAt, commit: oid, reason: messageOf(error) }, parent };
  }
}

/** Chains whose ref is gone or holds no commit, which nobody does on purpose: what the index file knows of them is still true. */
function addLostChains(heads: Refs, known: ReadonlyMap<string, IndexEntry>, walk: Walk): void {
  const lost = new Map<string, IndexEntry[]>();
  for (const entry of known.values())
    if (!heads.found.has(entry.writer)) lost.set(entry.writer, [...(lost.get(entry.writer) ?? []), entry]);
  for (const name of heads.odd.keys()) if (writerId.test(name)) lost.set(name, lost.get(name) ?? []);
  for (const [writer, entries] of lost) {
    walk.entries.push(...entries);
    const reason = `The chain ${writer} cannot be read: its ref is gone or damaged. ${counted(entries.length, "run of it is", "runs of it are")} known.`;
    walk.unreadable.push({ id: null, notebook: null, startedAt: null, commit: null, reason });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

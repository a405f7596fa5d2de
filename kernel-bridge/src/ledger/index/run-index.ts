import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import git from "isomorphic-git";
import { writeAtomically } from "../../objects/write-atomically.ts";
import { readFileOf } from "../chain/read-commit.ts";
import { logRef } from "../chain/write-commit.ts";
import type { Run, RunSummary } from "../format/run.ts";
import { runSummary } from "../format/run-summary.ts";
import { atomicFs } from "../store/atomic-fs.ts";
import type { Store } from "../store/open-store.ts";

/** The file's name in the store's folder. */
export const indexFile = "index.jsonl";

/** What the index keeps of a run: enough to list it and to find it. */
export interface IndexEntry {
  readonly commit: string;
  readonly writer: string;
  readonly session: string;
  readonly journalEnd: number;
  readonly summary: RunSummary;
}

/** Every run of every writer, oldest first. The index file is a copy: it is rebuilt from git whenever it does not end where the chains end. */
export async function readIndex(store: Store): Promise<IndexEntry[]> {
  const heads = await readHeads(store);
  const kept = await readKept(store);
  const last = new Map(kept.map((entry) => [entry.writer, entry.commit]));
  const current = [...heads].every(([writer, head]) => last.get(writer) === head) && last.size === heads.size;
  return (current ? kept : await rebuildIndex(store)).sort((a, b) => (a.summary.id < b.summary.id ? -1 : 1));
}

export async function appendIndex(store: Store, entry: IndexEntry): Promise<void> {
  await appendFile(indexPath(store), `${JSON.stringify(entry)}\n`);
}

/** The index as git has it, written anew. */
export async function rebuildIndex(store: Store): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = [];
  for (const [writer, head] of await readHeads(store)) {
    const chain = await git.log({ fs: atomicFs, gitdir: store.gitdir, ref: head });
    for (const { oid } of chain.reverse()) {
      const run: Run = JSON.parse(await readFileOf(store, oid, "run.json"));
      entries.push(indexEntry(run, oid, writer));
    }
  }
  const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
  // Where it cannot be written, on a full disk, it is rebuilt again the next time.
  await writeAtomically(indexPath(store), text).catch(() => undefined);
  return entries;
}

export function indexEntry(run: Run, commit: string, writer: string): IndexEntry {
  const { id: session, journalEnd } = run.session;
  return { commit, writer, session, journalEnd, summary: runSummary(run, []) };
}

/** Writer → newest commit of its chain. */
export async function readHeads(store: Store): Promise<Map<string, string>> {
  const { gitdir } = store;
  const refs = await git.listRefs({ fs: atomicFs, gitdir, filepath: logRef("").replace(/\/$/, "") });
  const heads = new Map<string, string>();
  for (const writer of refs)
    heads.set(writer, await git.resolveRef({ fs: atomicFs, gitdir, ref: logRef(writer) }));
  return heads;
}

async function readKept(store: Store): Promise<IndexEntry[]> {
  const text = await readFile(indexPath(store), "utf8").catch(() => "");
  try {
    return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as IndexEntry]));
  } catch {
    // Torn by a crash: the caller rebuilds it.
    return [];
  }
}

function indexPath(store: Store): string {
  return join(store.dir, indexFile);
}

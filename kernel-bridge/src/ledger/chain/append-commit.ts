import { mergeSegments } from "../../objects/merge-segments.ts";
import { commitObject, type GitObject } from "../git/git-object.ts";
import { mergePacks } from "../git/merge-packs.ts";
import { packEntry, packOf } from "../git/pack-bytes.ts";
import { addPack } from "../git/packs.ts";
import { presenceOf } from "../git/read-objects.ts";
import { treeOfFiles } from "../git/tree-of-files.ts";
import type { WritableStore } from "../store/store.ts";
import { mergingPath } from "../store/use-data.ts";
import { ifUnlocked } from "../store/with-lock.ts";
import { checkOut, logRef, readRef, writeRef } from "./refs.ts";
import { writerOf } from "./writer.ts";

/** What a commit is made of. */
export interface CommitParts {
  /** By path. */
  readonly files: ReadonlyMap<string, string>;
  readonly message: string;
  /** Unix time in milliseconds. */
  readonly timestamp: number;
}

export interface Appended {
  readonly commit: string;
  readonly parent: string | null;
  readonly writer: string;
}

/**
 * Appends a commit to this process's chain. What is new is written as one pack, and the ref last: until then nothing refers to it, and
 * once this returns no crash takes it. Those that wait for another go together, in one pack and one move of the ref.
 */
export async function appendCommit(store: WritableStore, parts: CommitParts): Promise<Appended> {
  const writer = await writerOf(store);
  const queue = queues.get(store.gitdir) ?? { waiting: [], isRunning: false };
  queues.set(store.gitdir, queue);
  return new Promise((resolve, reject) => {
    queue.waiting.push({ parts, resolve, reject });
    if (!queue.isRunning) void drain(store, writer, queue);
  });
}

/** Commits of one process wait for each other: each has the one before as its parent. */
interface Queue {
  waiting: Waiting[];
  isRunning: boolean;
}

interface Waiting {
  readonly parts: CommitParts;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (cause: unknown) => void;
}

const queues = new Map<string, Queue>();

async function drain(store: WritableStore, writer: string, queue: Queue): Promise<void> {
  queue.isRunning = true;
  while (queue.waiting.length > 0) {
    const batch = queue.waiting;
    queue.waiting = [];
    try {
      const done = await append(
        store,
        writer,
        batch.map(({ parts }) => parts),
      );
      for (const [at, { resolve }] of batch.entries()) resolve(done[at]!);
    } catch (cause) {
      for (const { reject } of batch) reject(cause);
    }
  }
  queue.isRunning = false;
  // The runs are recorded: what is only tidied may fail, and is tidied the next time.
  await mergePacks(store).catch(() => undefined);
  const exclusively = (run: () => Promise<void>) => ifUnlocked(mergingPath(store), run);
  await mergeSegments(store.objects, exclusively).catch(() => undefined);
}

async function append(
  store: WritableStore,
  writer: string,
  batch: readonly CommitParts[],
): Promise<Appended[]> {
  let parent = await readRef(store, logRef(writer));
  const objects = new Map<string, GitObject>();
  const done: Appended[] = [];
  for (const { files, message, timestamp } of batch) {
    const tree = treeOfFiles(objects, files);
    const parents = parent === null ? [] : [parent];
    const commit = commitObject({ tree, parents, seconds: Math.floor(timestamp / 1000), message });
    objects.set(commit.oid, commit);
    done.push({ commit: commit.oid, parent, writer });
    parent = commit.oid;
  }
  const isThere = await presenceOf(store);
  const entries = [];
  for (const object of objects.values())
    if (!(await isThere(object.oid))) entries.push(await packEntry(object));
  if (entries.length > 0) await addPack(store, packOf(entries));
  const newest = done.at(-1)!.commit;
  await writeRef(store, logRef(writer), newest);
  // Without it a clone shows an earlier run, or none.
  await checkOut(store, newest).catch(() => undefined);
  return done;
}

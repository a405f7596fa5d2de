import { readFile } from "node:fs/promises";
import { join } from "node:path";
import git from "isomorphic-git";
import { Failure } from "../../failure.ts";
import { atomicFs } from "../store/atomic-fs.ts";
import type { Store } from "../store/open-store.ts";
import { writerOf } from "./writer.ts";

/** Appends a commit of these files to this process's chain and answers its id. Objects first, the ref last: until then nothing refers to them. */
export async function writeCommit(
  store: Store,
  files: ReadonlyMap<string, string>,
  message: string,
  timestamp: number,
): Promise<{ readonly commit: string; readonly writer: string }> {
  const writer = await writerOf(store);
  const previous = queues.get(store.gitdir) ?? Promise.resolve();
  const next = previous.catch(() => undefined).then(() => append(store, writer, files, message, timestamp));
  queues.set(store.gitdir, next);
  return { commit: await next, writer };
}

export const logRef = (writer: string) => `refs/lookback/log/${writer}`;

/** Commits of one process wait for each other: each has the one before as its parent. */
const queues = new Map<string, Promise<string>>();

async function append(
  store: Store,
  writer: string,
  files: ReadonlyMap<string, string>,
  message: string,
  timestamp: number,
): Promise<string> {
  const { gitdir } = store;
  const ref = logRef(writer);
  const parent = await headOf(gitdir, ref);
  const tree = await writeTree(store, files);
  const person = {
    name: "Lookback",
    email: "lookback@localhost",
    timestamp: Math.floor(timestamp / 1000),
    timezoneOffset: 0,
  };
  const commit = await git.writeCommit({
    fs: atomicFs,
    gitdir,
    commit: {
      tree,
      parent: parent === null ? [] : [parent],
      author: person,
      committer: person,
      message: `${message}\n`,
    },
  });
  await git.writeRef({ fs: atomicFs, gitdir, ref, value: commit, force: true });
  return commit;
}

/** The newest commit of a chain; null when there is none yet. isomorphic-git says "not found" of a file it could not read, too: such a chain must not begin anew, or what it holds is lost. */
async function headOf(gitdir: string, ref: string): Promise<string | null> {
  const found = await git.resolveRef({ fs: atomicFs, gitdir, ref }).catch(() => null);
  if (found !== null) return found;
  const text = (path: string) =>
    readFile(join(gitdir, path), "utf8").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return null;
      throw unreadable(ref, cause);
    });
  const [loose, packed] = await Promise.all([text(ref), text("packed-refs")]);
  if (loose !== null || packed?.includes(ref)) throw unreadable(ref);
  return null;
}

function unreadable(ref: string, cause?: unknown): Failure {
  return new Failure(
    "ledger/ref-unreadable",
    `${ref} could not be read. The run was not recorded; its journal is kept.`,
    {
      advice: "`lookback fsck` says what is wrong.",
      cause,
    },
  );
}

async function writeTree(store: Store, files: ReadonlyMap<string, string>): Promise<string> {
  const folders = new Map<string, Map<string, string>>();
  const entries: { path: string; oid: string; type: "blob" | "tree"; mode: string }[] = [];
  for (const [path, text] of files) {
    const [head, ...rest] = path.split("/");
    if (head === undefined) continue;
    if (rest.length === 0) {
      const oid = await git.writeBlob({
        fs: atomicFs,
        gitdir: store.gitdir,
        blob: Buffer.from(text, "utf8"),
      });
      entries.push({ path: head, oid, type: "blob", mode: "100644" });
    } else {
      const folder = folders.get(head) ?? new Map<string, string>();
      folders.set(head, folder.set(rest.join("/"), text));
    }
  }
  for (const [name, inner] of folders) {
    entries.push({ path: name, oid: await writeTree(store, inner), type: "tree", mode: "040000" });
  }
  return git.writeTree({ fs: atomicFs, gitdir: store.gitdir, tree: entries });
}

import git from "isomorphic-git";
import { atomicFs } from "./atomic-fs.ts";
import type { Store } from "./open-store.ts";
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
  const parent = await git.resolveRef({ fs: atomicFs, gitdir, ref }).catch(() => null);
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

import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { filesBelow, readSmall } from "./read-small.ts";

/** A state of a DVC project: a commit of its repository, or what lies in its folder where there is none. */
export interface DvcRevision {
  /** What names it: the commit. */
  readonly id: string;
  /** An experiment's; null of the branch's own commit. */
  readonly name: string | null;
  /** The commit that it ran at. */
  readonly gitHead: string | null;
  readonly author: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number | null;
  readonly files: readonly string[];
  /** What could not be looked at, in sentences. */
  readonly unseen: readonly string[];
  read(path: string): Promise<string | null>;
}

/** The branch's newest commit, and every experiment of `dvc exp`. Without a repository the folder as it is. Nothing is written. */
export async function dvcRevisions(project: string): Promise<DvcRevision[]> {
  const ask = async (...args: readonly string[]) => {
    const options = { cwd: project, maxBuffer: 64 << 20, timeout: 60_000 };
    return (await promisify(execFile)("git", ["-c", "core.quotePath=false", ...args], options)).stdout;
  };
  const head = (await ask("rev-parse", "--verify", "HEAD^{commit}").catch(() => "")).trim();
  if (head === "") return [await folderAsItIs(project)];
  const refs = (await ask("for-each-ref", "--format=%(objectname) %(refname)", "refs/exps")).split("\n");
  const found = [{ id: head, name: null as string | null, gitHead: head }];
  for (const ref of refs) {
    const [, id, first, rest, name] =
      /^([0-9a-f]{40,64}) refs\/exps\/([0-9a-f]{2})\/([0-9a-f]{38,62})\/(.+)$/.exec(ref) ?? [];
    if (id !== undefined && name !== undefined) found.push({ id, name, gitHead: `${first}${rest}` });
  }
  return Promise.all(
    found.map(async (each) => {
      const [seconds, author = ""] = (
        await ask("show", "-s", "--no-show-signature", "--format=%ct%n%an", each.id)
      ).split("\n");
      const files = (await ask("ls-tree", "-r", "-z", "--name-only", each.id)).split("\0");
      return {
        ...each,
        author: author || null,
        at: Number(seconds) * 1000,
        files: files.filter((path) => path !== ""),
        unseen: [],
        read: (path: string) => ask("show", `${each.id}:./${path}`).catch(() => null),
      };
    }),
  );
}

async function folderAsItIs(project: string): Promise<DvcRevision> {
  const { files, unseen } = await filesBelow(project);
  const lock = await stat(join(project, "dvc.lock")).catch(() => null);
  return {
    id: `${project}@${lock?.mtimeMs ?? 0}`,
    name: null,
    gitHead: null,
    author: null,
    at: lock === null ? null : Math.floor(lock.mtimeMs),
    files,
    unseen,
    read: (path) => readSmall(join(project, path)),
  };
}

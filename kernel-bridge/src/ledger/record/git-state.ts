import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { GitChanges, Run } from "../format/run.ts";

export interface GitState {
  readonly state: NonNullable<Run["git"]>;
  /** What differs from the commit, as `git diff` says it; null where nothing does or it is not kept. */
  readonly diff: string | null;
}

/** The person's repository as it stands, asked of their own git; null outside a repository or without git. Reads only. */
export async function gitState(folder: string): Promise<GitState | null> {
  const ask = async (...args: string[]) => {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0" };
    const { stdout } = await promisify(execFile)("git", ["-c", "core.quotePath=false", ...args], {
      cwd: folder,
      env,
      timeout: 5_000,
      maxBuffer: 1 << 24,
    });
    return stdout;
  };
  const answer = (...args: string[]) =>
    ask(...args).then(
      (said) => said.trim(),
      () => null,
    );
  if ((await answer("rev-parse", "--is-inside-work-tree")) !== "true") return null;
  const [head, branch, status] = await Promise.all([
    answer("rev-parse", "HEAD"),
    answer("symbolic-ref", "--short", "HEAD"),
    answer("status", "--porcelain", "--untracked-files=no"),
  ]);
  const state = { head, branch, dirty: status === null ? null : status !== "", changes: null };
  if (head === null || !state.dirty) return { state, diff: null };
  const { changes, diff } = await changesSince(head, ask);
  return { state: { ...state, changes }, diff };
}

/** A notebook is in the run itself, and its outputs would be most of a diff. */
const tracked = ["--", ".", ":(exclude,top,glob)**/*.ipynb"];

async function changesSince(head: string, ask: (...args: string[]) => Promise<string>) {
  const names = await ask("diff", "--name-only", "--no-ext-diff", "-z", head, ...tracked).catch(() => null);
  if (names === null) return { changes: null, diff: null };
  const all = names
    .split("\0")
    .filter((name) => name !== "")
    .sort();
  const changes = (notKept: string | null): GitChanges => ({
    files: all.slice(0, mostFiles),
    total: all.length,
    notKept,
  });
  if (all.length === 0) return { changes: null, diff: null };
  const diff = await ask("diff", "--no-ext-diff", "--no-textconv", "--no-color", head, ...tracked).catch(
    () => null,
  );
  if (diff === null) return { changes: changes("git did not answer in time, or with too much"), diff: null };
  if (diff.length > largestDiff)
    return { changes: changes("it is longer than a million characters"), diff: null };
  return { changes: changes(null), diff };
}

const mostFiles = 1_000;
const largestDiff = 1_000_000;

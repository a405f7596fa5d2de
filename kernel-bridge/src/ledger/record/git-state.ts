import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Run } from "../format/run.ts";

/** The person's repository as it stands, asked of their own git; null outside a repository or without git. Reads only. */
export async function gitState(folder: string): Promise<Run["git"]> {
  const ask = async (...args: string[]) => {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0" };
    const { stdout } = await promisify(execFile)("git", args, {
      cwd: folder,
      env,
      timeout: 5_000,
      maxBuffer: 1 << 24,
    });
    return stdout.trim();
  };
  const answer = (...args: string[]) => ask(...args).catch(() => null);
  if ((await answer("rev-parse", "--is-inside-work-tree")) !== "true") return null;
  const [head, branch, status] = await Promise.all([
    answer("rev-parse", "HEAD"),
    answer("symbolic-ref", "--short", "HEAD"),
    answer("status", "--porcelain", "--untracked-files=no"),
  ]);
  return { head, branch, dirty: status === null ? null : status !== "" };
}

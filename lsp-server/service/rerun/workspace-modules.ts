import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { promisify } from "node:util";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { changesOf } from "@lookback/kernel-bridge/ledger/restore/contents-of-run.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";

/**
 * Puts the workspace's Python modules as they were beside the inputs: of the commit that the run recorded, with what differed from it. The person's index, objects
 * and working tree are not touched. Answers a sentence where they may not be what they were.
 */
export async function restoreModules(store: Store, run: Run, root: string): Promise<string | null> {
  const head = run.git?.head;
  if (head == null || !/^[0-9a-f]{40,64}$/.test(head)) return null;
  const aside = await mkdtemp(join(tmpdir(), "lookback-modules-"));
  const git = async (cwd: string, ...args: string[]) => {
    const env = { ...process.env, GIT_INDEX_FILE: join(aside, "index"), GIT_OPTIONAL_LOCKS: "0" };
    return (await promisify(execFile)("git", args, { cwd, env, timeout: 60_000, maxBuffer: 1 << 26 })).stdout;
  };
  try {
    await git(store.root, "read-tree", head);
    const listed = (await git(store.root, "ls-files", "-s", "-z", "--", "*.py")).split("\0");
    // No links and no other repositories.
    const paths = listed.filter((line) => line.startsWith("100")).map((line) => line.split("\t")[1] ?? "");
    for (let at = 0; at < paths.length; at += 500)
      await git(store.root, "checkout-index", `--prefix=${root}${sep}`, "--", ...paths.slice(at, at + 500));
  } catch {
    return `Modules of the workspace were not restored: commit ${head.slice(0, 10)} could not be read here.`;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  if (!run.git?.changes?.files.some((file) => file.endsWith(".py"))) return null;
  return (await applyChanges(store, run, root))
    ? null
    : "Modules of the workspace are as they were committed: what differed then could not be had.";
}

async function applyChanges(store: Store, run: Run, root: string): Promise<boolean> {
  const changes = await changesOf(store, run);
  if (changes === null) return false;
  const aside = await mkdtemp(join(tmpdir(), "lookback-changes-"));
  try {
    await mkdir(aside, { recursive: true });
    await writeFile(join(aside, "changes.diff"), changes.bytes() as Uint8Array);
    const args = ["apply", "--include=*.py", join(aside, "changes.diff")];
    // As no repository's: else git takes the paths from its top.
    const env = { ...process.env, GIT_DIR: join(aside, "none"), GIT_CEILING_DIRECTORIES: root };
    await promisify(execFile)("git", args, { cwd: root, env, timeout: 60_000 });
    return true;
  } catch {
    return false;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

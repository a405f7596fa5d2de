import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Store } from "./store.ts";

/**
 * Where the store of the workspace lies that a folder belongs to, for reading: nothing is created, and one that is not there is empty.
 *
 * The workspace is the nearest folder upward with `.git` or `.lookback`, else the folder itself: whoever looks from wherever inside
 * sees the same runs under the same names.
 */
export async function findStore(folder: string): Promise<Store> {
  const { root, common } = await workspaceOf(await realpath(folder));
  const dir = common === null ? join(root, ".lookback") : join(common, "lookback");
  const temporary = join(dir, "tmp");
  return {
    dir,
    root,
    gitdir: join(dir, "store.git"),
    temporary,
    objects: { dir: join(dir, "objects"), temporary },
  };
}

/** `common` is the repository's own folder, which its worktrees share; null where there is no repository. */
async function workspaceOf(start: string): Promise<{ root: string; common: string | null }> {
  for (let folder = start; ; folder = dirname(folder)) {
    const common = await gitDirOf(folder);
    if (common !== null || (await exists(join(folder, ".lookback")))) return { root: folder, common };
    if (dirname(folder) === folder) return { root: start, common: null };
  }
}

/** A worktree's `.git` is a file that points at its own folder, whose `commondir` points at the repository's. */
async function gitDirOf(folder: string): Promise<string | null> {
  const path = join(folder, ".git");
  const info = await stat(path).catch(() => null);
  if (info === null) return null;
  if (info.isDirectory()) return (await exists(join(path, "HEAD"))) ? path : null;
  const target = /^gitdir: (.+)$/m.exec(await readFile(path, "utf8"))?.[1]?.trim();
  if (target === undefined) return null;
  const gitdir = resolve(folder, target);
  const common = await readFile(join(gitdir, "commondir"), "utf8").catch(() => null);
  return common === null ? gitdir : resolve(gitdir, common.trim());
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

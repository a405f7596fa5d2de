import { mkdir, readFile, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import git from "isomorphic-git";
import type { ObjectStore } from "../../objects/object-store.ts";
import { atomicFs } from "./atomic-fs.ts";

/** The memory of one workspace: everything Lookback keeps lies under `dir`, and nothing of it is in the person's own repository. */
export interface Store {
  /** `<git common dir>/lookback`, or `<root>/.lookback` where there is no repository. */
  readonly dir: string;
  /** Absolute path of the workspace root, symbolic links resolved. Runs name files from here. */
  readonly root: string;
  /** The bare repository of the ledger. */
  readonly gitdir: string;
  readonly objects: ObjectStore;
}

/**
 * Opens the store of the workspace that a folder belongs to, and lays an empty one where there is none. The workspace is
 * the nearest folder upward with `.git` or `.lookback`, else the folder itself: whoever opens it from wherever inside
 * sees the same runs under the same names.
 */
export async function openStore(folder: string): Promise<Store> {
  const { root, common } = await workspaceOf(await realpath(folder));
  const dir = common === null ? join(root, ".lookback") : join(common, "lookback");
  const gitdir = join(dir, "store.git");
  await mkdir(join(dir, "journal"), { recursive: true, mode: 0o700 });
  if (!(await exists(join(gitdir, "HEAD"))))
    await git.init({ fs: atomicFs, gitdir, bare: true, defaultBranch: "none" });
  if (common === null) await ignoreSelf(dir);
  return { dir, root, gitdir, objects: { dir: join(dir, "objects") } };
}

/** Where a session journals. The name is made from the id, whatever the id holds. */
export function journalPath(store: Store, sessionId: string): string {
  return join(store.dir, "journal", `${fileName(sessionId)}.jsonl`);
}

/** An absolute path as runs name it: relative to the root with forward slashes when inside, else absolute. */
export function nameOf(store: Store, path: string): string {
  const inside = relative(store.root, path);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? path : inside.replaceAll("\\", "/");
}

/** An id as a file name: itself when harmless, else its letters and a mark, so that no id can leave its folder or meet another. */
export function fileName(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) return id;
  return `_${Buffer.from(id, "utf8").toString("base64url").slice(0, 200)}`;
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

async function ignoreSelf(dir: string): Promise<void> {
  const path = join(dir, ".gitignore");
  if (!(await exists(path))) await atomicFs.promises.writeFile(path, "*\n");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

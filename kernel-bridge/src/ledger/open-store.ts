import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import git from "isomorphic-git";
import type { ObjectStore } from "../objects/object-store.ts";
import { atomicFs } from "./atomic-fs.ts";

/** The memory of one workspace: everything Lookback keeps lies under `dir`, and nothing of it is in the person's own repository. */
export interface Store {
  /** `<git common dir>/lookback`, or `<root>/.lookback` where there is no repository. */
  readonly dir: string;
  /** Absolute path of the workspace root. */
  readonly root: string;
  /** The bare repository of the ledger. */
  readonly gitdir: string;
  readonly objects: ObjectStore;
}

/** Opens the store of a workspace, and lays an empty one where there is none. */
export async function openStore(root: string): Promise<Store> {
  const common = await gitCommonDir(root);
  const dir = common === null ? join(root, ".lookback") : join(common, "lookback");
  const gitdir = join(dir, "store.git");
  await mkdir(join(dir, "journal"), { recursive: true, mode: 0o700 });
  if (!(await exists(join(gitdir, "HEAD"))))
    await git.init({ fs: atomicFs, gitdir, bare: true, defaultBranch: "none" });
  if (common === null) await ignoreSelf(dir);
  return { dir, root: resolve(root), gitdir, objects: { dir: join(dir, "objects") } };
}

/** Where a session journals. The name is made from the id, whatever the id holds. */
export function journalPath(store: Store, sessionId: string): string {
  return join(store.dir, "journal", `${fileName(sessionId)}.jsonl`);
}

/** A path as runs name it: relative to the root with forward slashes when inside, else absolute. */
export function nameOf(store: Store, path: string): string {
  const inside = relative(store.root, path);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? path : inside.replaceAll("\\", "/");
}

/** An id as a file name: itself when harmless, else its letters and a mark, so that no id can leave its folder or meet another. */
export function fileName(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) return id;
  return `_${Buffer.from(id, "utf8").toString("base64url").slice(0, 200)}`;
}

async function gitCommonDir(from: string): Promise<string | null> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const found = await gitDirOf(folder);
    if (found !== null) return found;
    if (dirname(folder) === folder) return null;
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

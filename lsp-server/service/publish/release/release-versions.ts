import fs from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { atomicFs } from "@lookback/kernel-bridge/ledger/store/atomic-fs.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import git from "isomorphic-git";

/** The repository that holds the workspace; null when there is none. */
export function repositoryOf(store: Store): string | null {
  return basename(store.dir) === "lookback" ? dirname(store.dir) : null;
}

/** What a repository is written through: what is not yet whole lies where git lists nothing. */
export function repositoryFs(gitdir: string) {
  return atomicFs(join(gitdir, "lookback", "tmp"));
}

/** One more than the newest version that was ever released under a name, in the folder or as a tag. */
export async function nextVersion(store: Store, name: string): Promise<number> {
  const folders = await readdir(join(store.root, "deploy", name)).catch(() => []);
  const gitdir = repositoryOf(store);
  const tags = gitdir === null ? [] : await git.listTags({ fs, gitdir }).catch(() => []);
  const released = tags.filter((tag) => tag.startsWith(`${name}/v`)).map((tag) => tag.slice(name.length + 2));
  const versions = [...folders, ...released].map(Number).filter(Number.isInteger);
  return Math.max(0, ...versions) + 1;
}

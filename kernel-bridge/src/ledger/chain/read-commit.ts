import git from "isomorphic-git";
import { atomicFs } from "../store/atomic-fs.ts";
import type { Store } from "../store/open-store.ts";

/** Every file of a commit below a folder, by path from that folder. */
export async function readFolder(store: Store, commit: string, folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const visit = async (oid: string, prefix: string): Promise<void> => {
    const { tree } = await git.readTree({ fs: atomicFs, gitdir: store.gitdir, oid });
    for (const entry of tree) {
      if (entry.type === "tree") await visit(entry.oid, `${prefix}${entry.path}/`);
      else files.set(`${prefix}${entry.path}`, await readText(store, entry.oid));
    }
  };
  const { oid } = await git.readTree({ fs: atomicFs, gitdir: store.gitdir, oid: commit, filepath: folder });
  await visit(oid, "");
  return files;
}

/** One file of a commit. */
export async function readFileOf(store: Store, commit: string, path: string): Promise<string> {
  const { blob } = await git.readBlob({ fs: atomicFs, gitdir: store.gitdir, oid: commit, filepath: path });
  return Buffer.from(blob).toString("utf8");
}

async function readText(store: Store, oid: string): Promise<string> {
  const { blob } = await git.readBlob({ fs: atomicFs, gitdir: store.gitdir, oid });
  return Buffer.from(blob).toString("utf8");
}

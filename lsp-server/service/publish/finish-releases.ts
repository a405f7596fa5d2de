import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { isAlive } from "@lookback/kernel-bridge/ledger/chain/writer.ts";
import { pinRun } from "@lookback/kernel-bridge/ledger/delete/pins.ts";
import { atomicFs } from "@lookback/kernel-bridge/ledger/store/atomic-fs.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { readRelease } from "@lookback/pipeline/plan/read-release.ts";
import git from "isomorphic-git";
import { releaseTag } from "./release-refs.ts";
import { repositoryOf } from "./release-versions.ts";
import { discardStaged, placeStaged, readStagingName } from "./write-release.ts";

/**
 * Ends what killed publications of a name left: a release whose tag stands is put in its place and its run pinned; one without a tag
 * was not published and is removed. What a living process is writing stays. To be called under the lock of publications.
 */
export async function finishReleases(store: Store, name: string): Promise<void> {
  const folder = join(store.root, "deploy", name);
  for (const entry of await readdir(folder).catch(() => [])) {
    const staged = readStagingName(entry);
    if (staged === null) continue;
    const dir = join(folder, entry);
    const run = await runOfTagged(store, name, staged.version, dir);
    if (run !== null) {
      await pinRun(store, `${name}@${staged.version}`, run);
      await placeStaged(dir, join(folder, String(staged.version))).catch((error: unknown) => {
        if (error instanceof Failure && error.code === "publish/exists") return discardStaged(dir);
        throw error;
      });
    } else if (!isAlive(staged.pid)) {
      await discardStaged(dir);
    }
  }
}

/** The run of a staged release that is whole and the very one its tag holds; null otherwise. */
async function runOfTagged(store: Store, name: string, version: number, dir: string): Promise<string | null> {
  const gitdir = repositoryOf(store);
  if (gitdir === null) return null;
  const fs = atomicFs;
  try {
    const { plan } = await readRelease(dir);
    const oid = await git.resolveRef({ fs, gitdir, ref: `refs/tags/${releaseTag(name, version)}` });
    const filepath = `deploy/${name}/${version}/pipeline.json`;
    const { blob } = await git.readBlob({ fs, gitdir, oid, filepath });
    return (await readFile(join(dir, "pipeline.json"))).equals(blob) ? plan.run : null;
  } catch {
    return null;
  }
}

import fs from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { pinRun } from "@lookback/kernel-bridge/ledger/pins/pins.ts";
import type { Store, WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { isGone, ownStamp } from "@lookback/kernel-bridge/processes/process-stamp.ts";
import { readRelease } from "@lookback/pipeline/plan/read-release.ts";
import git from "isomorphic-git";
import { releaseTag } from "./release-refs.ts";
import { repositoryOf } from "./release-versions.ts";
import { discardStaged, placeStaged, readStagingName } from "./write-release.ts";

/**
 * Ends what killed publications of a name left: a release whose tag stands is put in its place and its run pinned; one without a tag
 * was not published and is removed. What a living process is writing stays. To be called under the lock of publications.
 */
export async function finishReleases(store: WritableStore, name: string): Promise<void> {
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
    } else if (isGone({ ...ownStamp(), pid: staged.pid, started: null })) {
      await discardStaged(dir);
    }
  }
}

/** The run of a staged release that is whole and the very one its tag holds; null otherwise. */
async function runOfTagged(store: Store, name: string, version: number, dir: string): Promise<string | null> {
  const gitdir = repositoryOf(store);
  if (gitdir === null) return null;
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

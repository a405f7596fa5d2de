import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { pinRun, unpinRun } from "@lookback/kernel-bridge/ledger/pins/pins.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { PublishContext } from "../publish-context.ts";
import { alone } from "./alone.ts";
import { commitRelease } from "./commit-release.ts";
import { repositoryOf } from "./release-versions.ts";
import { refuseTaken, type StagedRelease } from "./write-release.ts";

/**
 * Commits and tags a release, pins its run and puts its folder in its place, while no other process publishes. What fails before the tag
 * leaves nothing; after it, `publish/not-placed`.
 */
export async function sealRelease(
  { store: found, now }: Pick<PublishContext, "store" | "now">,
  release: {
    readonly run: Run;
    readonly name: string;
    readonly version: number;
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly staged: StagedRelease;
  },
): Promise<{ readonly tag: string | null }> {
  const { run, name, version, files, staged } = release;
  return alone(await layStore(found), async (store) => {
    const gitdir = repositoryOf(store);
    const message = `Publish ${name} ${version} from run ${run.id}`;
    let tag: string | null = null;
    let isPinned = false;
    try {
      // Whoever was quicker has the version, and its pin.
      await refuseTaken(join(store.root, "deploy", name, String(version)));
      if (gitdir !== null) tag = await commitRelease({ gitdir, name, version, files, message, at: now() });
      await pinRun(store, `${name}@${version}`, run.id);
      isPinned = true;
      await staged.place();
    } catch (cause) {
      if (tag === null) {
        if (isPinned) await unpinRun(store, `${name}@${version}`);
        throw cause;
      }
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Failure(
        "publish/not-placed",
        `${tag} is committed and tagged, but deploy/ has no copy of it: ${why}`,
        {
          advice: `The next publication of ${name} puts it there; \`git show ${tag}\` has it now.`,
          cause,
        },
      );
    }
    return { tag };
  });
}

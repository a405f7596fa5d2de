import { Failure } from "../../failure.ts";
import { getFile } from "../../objects/read-file.ts";
import { readFileOf } from "../chain/read-commit.ts";
import { readObjects } from "../git/read-objects.ts";
import type { RunEntry } from "../index/index-file.ts";
import type { Store } from "../store/store.ts";

/** Commit → the SHA-256 of all that its run may need of the content store. A commit does not change. */
export type BytesOfRuns = Map<string, ReadonlySet<string>>;

/**
 * What each of some runs may need of the content store: everything in its record that looks like a hash, whatever field it stands in, and
 * what the manifests of its folders name. Adds to `known`. Fails with `ledger/unsure` where a record cannot be read, or a stored manifest,
 * unless its run is among those that are `mayBeGone`.
 */
export async function addBytesOf(
  store: Store,
  runs: readonly RunEntry[],
  mayBeGone: ReadonlySet<string>,
  known: BytesOfRuns,
): Promise<void> {
  await readObjects(store, async (objects) => {
    for (const { commit, uses, summary } of runs) {
      if (known.has(commit)) continue;
      const hashes = new Set(hashesIn(await readFileOf(objects, commit, "run.json")));
      for (const { isFolder, sha256, stored, path } of uses) {
        if (!isFolder || sha256 === null) continue;
        const manifest = await getFile(store.objects, sha256).catch((cause: unknown) => {
          if (!stored || mayBeGone.has(summary.id)) return null;
          throw new Failure(
            "ledger/unsure",
            `The list of the files of ${path} in run ${summary.id} cannot be read, so it is not known which bytes it needs. Nothing was freed.`,
            { advice: "`lookback fsck` says what is wrong.", cause },
          );
        });
        if (manifest !== null) for (const hash of hashesIn(manifest.toString("utf8"))) hashes.add(hash);
      }
      known.set(commit, hashes);
    }
  });
}

function hashesIn(text: string): string[] {
  return text.match(/\b[0-9a-f]{64}\b/g) ?? [];
}

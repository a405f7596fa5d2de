import { hasFile } from "../../objects/has-file.ts";
import { addBytesOf, type BytesOfRuns } from "../delete/bytes-of-runs.ts";
import type { RunEntry } from "../index/index-file.ts";
import { readIndex } from "../index/run-index.ts";
import { filesOfFolder } from "../read/files-of-folder.ts";
import { findIn } from "../read/find-run.ts";
import type { WritableStore } from "../store/store.ts";
import { whileUsed } from "../store/use-data.ts";
import { openCarrier } from "./carriers/open-carrier.ts";
import { othersRuns } from "./others-runs.ts";
import { pullChains } from "./pull-chains.ts";
import { pullFiles } from "./pull-files.ts";
import { oneAtATime, type Shared, type Sharing } from "./push.ts";
import { mirrorOf, refreshMirror } from "./remote-catalog.ts";
import { bucketOf, type Remote } from "./remote-list.ts";
import { pullPins } from "./remote-pins.ts";

/** Of which runs the data is fetched: of those named, of all, or of none, as it is for most who look. */
export type DataWish = { readonly runs: readonly string[] } | "all" | "none";

/** Takes what a remote has and this workspace does not: runs, what was said of them, what deployments rest on, and the data that is asked for. */
export async function pull(
  store: WritableStore,
  remote: Remote,
  wish: DataWish,
  sharing: Sharing,
): Promise<Shared> {
  return oneAtATime(store, remote, async () => {
    const { signal, onProgress } = sharing;
    const bucket = bucketOf(store, remote);
    const carrier = await openCarrier(store, remote, bucket);
    onProgress(`Asking ${remote.name} for runs`);
    const chains = await pullChains(store, carrier, signal);
    await pullPins(store, remote, carrier);
    if (wish === "none") return { ...chains, files: 0, bytes: 0 };
    const index = await readIndex(store);
    const runs: readonly RunEntry[] =
      wish === "all" ? index.entries : wish.runs.map((id) => findIn(index, id));
    const mirror = mirrorOf(store, remote);
    await refreshMirror(mirror, bucket);
    const fetching = {
      objects: store.objects,
      mirror,
      bucket,
      signal,
      onProgress: (count: number, of: number) => onProgress(`Fetching data: ${count} of ${of} pieces`),
    };
    // The lists of folders first: they name what else there is.
    const named = storedIn(runs);
    const { first, rest, files } = await whileUsed(store, async () => {
      const lists = await pullFiles(fetching, named.keys());
      const bytesOf: BytesOfRuns = new Map();
      await addBytesOf(store, runs, await othersRuns(store, index), bytesOf);
      const hashes = [...bytesOf.values()].flatMap((each) => [...each]);
      return {
        first: lists,
        rest: await pullFiles(fetching, hashes),
        files: new Map([...named, ...(await filesOfFolders(store, runs))]),
      };
    });
    return {
      commits: chains.commits,
      files: first.files + rest.files,
      bytes: first.bytes + rest.bytes,
      // Not every hash in a run is of something that was ever stored.
      problems: [...chains.problems, ...sayMissing(files, [...first.missing, ...rest.missing])],
    };
  });
}

/** SHA-256 → the path of what runs say was stored. */
function storedIn(runs: readonly RunEntry[]): Map<string, string> {
  const uses = runs.flatMap((run) => run.uses);
  return new Map(
    uses.flatMap(({ sha256, stored, path }) => (stored && sha256 !== null ? [[sha256, path]] : [])),
  );
}

/** The same of the files in folders whose lists are here. */
async function filesOfFolders(store: WritableStore, runs: readonly RunEntry[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const { sha256, stored, isFolder, path } of runs.flatMap(({ uses }) => uses))
    if (isFolder && stored && sha256 !== null && (await hasFile(store.objects, sha256)))
      for (const file of await filesOfFolder(store, sha256)) files.set(file.sha256, `${path}/${file.path}`);
  return files;
}

function sayMissing(files: ReadonlyMap<string, string>, missing: readonly string[]): string[] {
  return [...new Set(missing)].flatMap((sha256) => {
    const path = files.get(sha256);
    return path === undefined
      ? []
      : [`The bytes of ${path} (${sha256.slice(0, 12)}) are neither here nor there.`];
  });
}

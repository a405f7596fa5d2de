import { randomUUID } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { hasFile } from "../../objects/has-file.ts";
import { listRefs, writerId } from "../chain/refs.ts";
import { addBytesOf, type BytesOfRuns } from "../delete/bytes-of-runs.ts";
import { readIndex } from "../index/run-index.ts";
import type { WritableStore } from "../store/store.ts";
import { whileUsed } from "../store/use-data.ts";
import { withLock } from "../store/with-lock.ts";
import { openCarrier } from "./carriers/open-carrier.ts";
import { othersRuns } from "./others-runs.ts";
import { pushChains } from "./push-chains.ts";
import { pushFiles } from "./push-files.ts";
import { mirrorOf, refreshMirror } from "./remote-catalog.ts";
import { bucketOf, type Remote } from "./remote-list.ts";
import { pushPins } from "./remote-pins.ts";

/** What a push or a pull did. */
export interface Shared {
  /** Runs, and what was said of runs, that were not there before. */
  readonly commits: number;
  readonly files: number;
  /** Bytes of files that travelled. */
  readonly bytes: number;
  /** What did not travel, or cannot be relied on, a sentence each. */
  readonly problems: readonly string[];
}

export interface Sharing {
  readonly signal: AbortSignal;
  /** Told what is done, in a few words, as it begins and goes on. */
  readonly onProgress: (says: string) => void;
}

/**
 * Sends what a remote does not have: the bytes of runs first, then the runs, so that whoever sees a run there can have its data; then what deployments
 * here rest on. What is broken off goes on where it was. Fails as the remote does; what arrived stays.
 */
export async function push(store: WritableStore, remote: Remote, sharing: Sharing): Promise<Shared> {
  return oneAtATime(store, remote, async () => {
    const { signal, onProgress } = sharing;
    const bucket = bucketOf(store, remote);
    const mirror = mirrorOf(store, remote);
    onProgress(`Asking ${remote.name} what it has`);
    await refreshMirror(mirror, bucket);
    // A run that another process records from here on is sent the next time: its data would not be there.
    const heads = await listRefs(store, "refs/lookback/log", writerId);
    const index = await readIndex(store);
    const { entries } = index;
    const done = await sentBefore(store, remote);
    const open = entries.filter(({ commit }) => !done.has(commit));
    const bytesOf: BytesOfRuns = new Map();
    await addBytesOf(store, open, await othersRuns(store, index), bytesOf);
    const wanted: string[] = [];
    for (const sha256 of new Set([...bytesOf.values()].flatMap((hashes) => [...hashes])))
      if (await hasFile(store.objects, sha256)) wanted.push(sha256);
    const sending = {
      objects: store.objects,
      mirror,
      bucket,
      outbox: join(store.temporary, `${randomUUID()}.outbox`),
      signal,
      onProgress: (count: number, of: number) => onProgress(`Sending data: ${count} of ${of} files`),
    };
    const sent = await whileUsed(store, () => pushFiles(sending, wanted));
    const carrier = await openCarrier(store, remote, bucket);
    onProgress("Sending runs");
    const chains = await pushChains(store, carrier, heads, signal);
    await pushPins(store, carrier);
    if (sent.problems.length === 0)
      await rememberSent(
        store,
        remote,
        open.map(({ commit }) => commit),
      );
    return {
      commits: chains.commits,
      files: sent.files,
      bytes: sent.bytes,
      problems: [...sent.problems, ...chains.problems],
    };
  });
}

/** Two at once would send the same twice. */
export async function oneAtATime<T>(store: WritableStore, remote: Remote, run: () => Promise<T>): Promise<T> {
  await mkdir(join(store.dir, "remotes"), { recursive: true });
  return withLock(join(store.dir, "remotes", `${remote.name}.lock`), run, {
    message: `Another process is sharing runs with ${remote.name}. Nothing was done.`,
    advice: "Try again once it is done.",
  });
}

/** Commits whose bytes are all there: they need not be looked at again. */
async function sentBefore(store: WritableStore, remote: Remote): Promise<ReadonlySet<string>> {
  const text = await readFile(sentPath(store, remote), "utf8").catch(() => "");
  return new Set(text.split("\n"));
}

/** Without it they are looked at again. */
async function rememberSent(store: WritableStore, remote: Remote, commits: readonly string[]): Promise<void> {
  if (commits.length === 0) return;
  await appendFile(sentPath(store, remote), `\n${commits.join("\n")}\n`).catch(() => undefined);
}

function sentPath(store: WritableStore, remote: Remote): string {
  return join(mirrorOf(store, remote).dir, "sent");
}

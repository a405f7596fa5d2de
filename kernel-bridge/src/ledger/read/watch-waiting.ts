import { type WaitingRun, waitingRuns } from "../record/waiting-runs.ts";
import { journalFolder, type Store } from "../store/store.ts";
import { watchFolder } from "./watch-folder.ts";

/**
 * Follows what runs in kernels and is in no run yet, whoever runs it: `heard` is given all of it whenever that has changed, a cell that
 * ends at once aside. Answers how to stop. Throws where the system cannot watch a folder.
 */
export function watchWaiting(store: Store, heard: (runs: readonly WaitingRun[]) => void): () => void {
  let told = "[]";
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let earliest = 0;
  let stopped = false;

  const lookIn = (ms: number) => {
    const at = Math.max(performance.now() + ms, earliest);
    if (stopped || at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), at - performance.now()).unref();
  };
  const look = async () => {
    due = Number.POSITIVE_INFINITY;
    const began = performance.now();
    // Half-way through a change that will be heard of too, it may fail.
    const runs = await waitingRuns(store).catch(() => null);
    earliest = performance.now() + SHARE * (performance.now() - began);
    if (stopped || runs === null) return;
    if (JSON.stringify(runs) !== told) {
      told = JSON.stringify(runs);
      heard(runs);
    }
    // A kernel that goes tells nobody.
    if (runs.length > 0) lookIn(LATER_MS);
  };
  const stop = watchFolder(journalFolder(store), () => lookIn(SOON_MS));
  lookIn(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
    stop();
  };
}

const SOON_MS = 300;
const LATER_MS = 5_000;
/** However much is written, it is read for a fiftieth of the time at most. */
const SHARE = 50;

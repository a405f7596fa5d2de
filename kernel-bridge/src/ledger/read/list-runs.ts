import { pinsByCommit } from "../delete/pins.ts";
import type { RunSummary } from "../format/run.ts";
import { readIndex } from "../index/run-index.ts";
import type { Store } from "../store/open-store.ts";

/** Every run of the workspace, newest first. */
export async function listRuns(store: Store): Promise<RunSummary[]> {
  const [entries, pins] = await Promise.all([readIndex(store), pinsByCommit(store)]);
  return entries.reverse().map(({ commit, summary }) => ({ ...summary, pinnedBy: pins.get(commit) ?? [] }));
}

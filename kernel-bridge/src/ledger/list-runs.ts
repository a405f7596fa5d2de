import type { Store } from "./open-store.ts";
import { pinsByCommit } from "./pins.ts";
import type { RunSummary } from "./run.ts";
import { readIndex } from "./run-index.ts";

/** Every run of the workspace, newest first. */
export async function listRuns(store: Store): Promise<RunSummary[]> {
  const [entries, pins] = await Promise.all([readIndex(store), pinsByCommit(store)]);
  return entries.reverse().map(({ commit, summary }) => ({ ...summary, pinnedBy: pins.get(commit) ?? [] }));
}

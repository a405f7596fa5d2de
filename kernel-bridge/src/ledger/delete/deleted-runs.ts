import { readIndex } from "../index/run-index.ts";
import type { Store } from "../store/store.ts";
import type { Tombstone } from "./fold-tombstones.ts";

/** A run that is deleted; `notebook` is null where its record has not arrived here. */
export interface DeletedRun extends Tombstone {
  readonly run: string;
  readonly notebook: string | null;
}

/** The deleted runs, newest deletion first. */
export async function deletedRuns(store: Store): Promise<DeletedRun[]> {
  const { recorded, tombstones } = await readIndex(store);
  const notebooks = new Map(recorded.map(({ summary }) => [summary.id, summary.notebook]));
  return [...tombstones]
    .map(([run, tombstone]) => ({ run, notebook: notebooks.get(run) ?? null, ...tombstone }))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

import type { RunSummary, UnreadableRun } from "../format/run.ts";
import { noMarks } from "../format/run-summary.ts";
import { readIndex } from "../index/run-index.ts";
import { foldMarks } from "../marks/fold-marks.ts";
import { pinsByCommit } from "../pins/pins.ts";
import type { Store } from "../store/store.ts";

/** The runs of a workspace, newest first, and what is recorded and cannot be read: shown beside them, in the same order, those of unknown time first. */
export interface RunList {
  readonly runs: readonly RunSummary[];
  readonly unreadable: readonly UnreadableRun[];
}

/** Lists a workspace's runs, each with its marks and the deployments that rest on it. A store that is not there has none. Fails only as the disk does. */
export async function listRuns(store: Store): Promise<RunList> {
  const [{ entries, events, unreadable, tombstones }, { pins }] = await Promise.all([
    readIndex(store),
    pinsByCommit(store),
  ]);
  const marks = foldMarks(events);
  return {
    runs: entries
      .map(({ commit, summary }) => ({
        ...summary,
        pinnedBy: pins.get(commit) ?? [],
        marks: marks.get(summary.id) ?? noMarks,
      }))
      .reverse(),
    unreadable: unreadable
      .filter(({ id }) => id === null || !tombstones.has(id))
      .sort((a, b) => rank(b) - rank(a)),
  };
}

function rank({ startedAt }: UnreadableRun): number {
  return startedAt === null ? Number.POSITIVE_INFINITY : Date.parse(startedAt);
}

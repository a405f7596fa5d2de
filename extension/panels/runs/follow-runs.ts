import { type FailureData, failureOf } from "@lookback/protocol/failures.ts";
import type { RunSummary, UnreadableRun } from "@lookback/protocol/runs.ts";
import type { Host } from "../../host.ts";
import { mergeRuns } from "./run-rows.ts";

/** The runs of the workspace, as far as they are known. */
export interface RunsKnown {
  /** Newest first; null until known. */
  readonly runs: readonly RunSummary[] | null;
  readonly unreadable: readonly UnreadableRun[];
  readonly failure: FailureData | null;
  /** Why the runs of a folder are not among them. */
  readonly problems: readonly FailureData[];
}

/**
 * Every run of the workspace, kept current: `tell` hears each change. The first screenful comes first, the rest behind it. A new run asks for the
 * newest few only, a change without an id (a deletion, a fetch) for all. Answers may come in any order: what was asked for earlier
 * never takes the place of what was asked for later.
 */
export function followRuns(
  host: Pick<Host, "request" | "on">,
  tell: (known: RunsKnown) => void,
): { reload(): void; stop(): void } {
  let known: RunsKnown = nothingKnown;
  let turn = 0;
  let [asked, answered] = [0, 0];
  /** What came since all were asked for: that answer may not hold it. */
  let newer: readonly RunSummary[] = [];
  const become = (change: Partial<RunsKnown>) => {
    known = { ...known, ...change };
    tell(known);
  };
  const list = (limit: number) => host.request("lookback/runs/list", { limit });

  const reload = () => {
    turn += 1;
    newer = [];
    const mine = turn;
    const load = async () => {
      const first = await list(SCREENFUL);
      if (mine !== turn) return;
      become({ ...beside(first), runs: known.runs ?? first.runs });
      const all = first.total > first.runs.length ? await list(first.total) : first;
      if (mine === turn) become({ runs: mergeRuns(all.runs, newer) });
    };
    load().catch((error: unknown) => {
      if (mine === turn) become({ failure: failureOf(error) });
    });
  };
  const newest = async () => {
    asked += 1;
    const [mine, place] = [turn, asked];
    const isOld = () => mine !== turn || place < answered;
    try {
      const first = await list(NEWEST);
      if (isOld()) return;
      answered = place;
      newer = mergeRuns(newer, first.runs);
      become({ ...beside(first), runs: mergeRuns(known.runs ?? [], first.runs) });
    } catch (error) {
      if (!isOld()) become({ failure: failureOf(error) });
    }
  };

  const stopHearing = host.on("lookback/runs/changed", ({ id }) => {
    if (id === null) reload();
    else void newest();
  });
  reload();
  return {
    reload,
    stop() {
      turn += 1;
      stopHearing();
    },
  };
}

export const nothingKnown: RunsKnown = { runs: null, unreadable: [], failure: null, problems: [] };

const SCREENFUL = 100;
const NEWEST = 20;

/** What stands beside the rows, however many of them were asked for. */
function beside({ unreadable, problems }: Pick<RunsKnown, "unreadable" | "problems">): Partial<RunsKnown> {
  return { failure: null, unreadable, problems };
}

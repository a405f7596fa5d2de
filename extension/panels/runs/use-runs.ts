import type { FailureData } from "@lookback/protocol/failures.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import type { RunSummary, UnreadableRun } from "@lookback/protocol/runs.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";
import { mergeRuns } from "./run-rows.ts";

/**
 * Every run of the workspace, newest first, kept current; null until known. The first screenful comes first, the rest
 * behind it. A new run asks for the newest few only, a change without an id (a deletion, a fetch) for all.
 */
export function useRuns(host: Host): {
  runs: readonly RunSummary[] | null;
  unreadable: readonly UnreadableRun[];
  failure: FailureData | null;
  /** Why the runs of a folder are not among them. */
  problems: readonly FailureData[];
  reload: () => void;
} {
  const [runs, setRuns] = useState<readonly RunSummary[] | null>(null);
  const [unreadable, setUnreadable] = useState<readonly UnreadableRun[]>([]);
  const [failure, setFailure] = useState<FailureData | null>(null);
  const [problems, setProblems] = useState<readonly FailureData[]>([]);
  const turn = useRef(0);

  /** What stands beside the rows, however many of them were asked for. */
  const takeRest = useCallback((answer: Answer) => {
    setFailure(null);
    setUnreadable(answer.unreadable);
    setProblems(answer.problems);
  }, []);

  const reload = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    const isLatest = () => mine === turn.current;
    const load = async () => {
      const first = await host.request("lookback/runs/list", { limit: SCREENFUL });
      if (!isLatest()) return;
      takeRest(first);
      setRuns((known) => known ?? first.runs);
      const all =
        first.total > first.runs.length
          ? await host.request("lookback/runs/list", { limit: first.total })
          : first;
      if (isLatest()) setRuns(all.runs);
    };
    load().catch((error) => {
      if (isLatest()) setFailure(failureOf(error));
    });
  }, [host, takeRest]);

  useEffect(() => {
    reload();
    const newest = () =>
      host.request("lookback/runs/list", { limit: NEWEST }).then(
        (first) => {
          takeRest(first);
          setRuns((known) => mergeRuns(known ?? [], first.runs));
        },
        (error) => setFailure(failureOf(error)),
      );
    return host.on("lookback/runs/changed", (change) => {
      if (change.id === null) reload();
      else void newest();
    });
  }, [host, reload, takeRest]);

  return { runs, unreadable, failure, problems, reload };
}

interface Answer {
  readonly unreadable: readonly UnreadableRun[];
  readonly problems: readonly FailureData[];
}

const SCREENFUL = 100;
const NEWEST = 20;

import type { FailureData } from "@lookback/protocol/failures.ts";
import type { WaitingRun } from "@lookback/protocol/runs.ts";
import { type ReactNode, useEffect, useState } from "react";
import type { Host } from "../../host.ts";
import { elapsedText } from "../kit/quantity.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { tellingLine } from "../kit/telling-line.ts";
import { notebookTitle } from "../kit/titles.ts";
import { useAnswer } from "../kit/use-answer.ts";
import { waitingWords, worthAWord } from "./waiting-words.ts";

/** What runs in a kernel, or ran and is in no run yet, each with its cell and since when, kept current; nothing when there is none. */
export function WaitingRuns(props: { host: Host; runs: readonly WaitingRun[] }): ReactNode {
  const { host, runs } = props;
  if (runs.length === 0) return null;
  return (
    <ul className="lb-runs-waiting" aria-label="In no run yet">
      {runs.map((run) => (
        <li key={`${run.session} ${run.startedAt}`} data-state={run.state}>
          <Waiting host={host} run={run} />
        </li>
      ))}
    </ul>
  );
}

/** The runs that wait and have done so long enough to be worth a word; or why that is not known. */
export function useWaiting(host: Host): {
  readonly runs: readonly WaitingRun[];
  readonly failure: FailureData | null;
  readonly again: () => void;
} {
  const { answer, failure, again } = useAnswer(host, "lookback/runs/waiting", {});
  useEffect(() => host.on("lookback/runs/waits", again), [host, again]);
  const runs = answer?.runs ?? [];
  const now = useSecond(runs.length > 0);
  return { runs: runs.filter((run) => worthAWord(run, now)), failure, again };
}

function Waiting({ host, run }: { host: Host; run: WaitingRun }): ReactNode {
  const { notebook, state, last, startedAt } = run;
  const now = useSecond(state === "running");
  const words = waitingWords(run);
  return (
    <>
      <div className="lb-run-line">
        {state === "running" ? <span className="lb-spinner" aria-hidden="true" /> : null}
        <strong className="lb-run-title lb-ellipsis" title={words.means}>
          {words.title}
          {state === "running" ? ` for ${elapsedText(now - Date.parse(last.startedAt))}` : ""}
        </strong>
        <span className="lb-run-when lb-muted">
          <RelativeTime at={startedAt} />
        </span>
      </div>
      <div className="lb-run-line lb-run-second lb-muted">
        <span className="lb-ellipsis">
          <button
            type="button"
            className="lb-link"
            title={`Open ${notebook}`}
            onClick={() => host.openFile(notebook)}
          >
            {notebookTitle(notebook)}
          </button>{" "}
          <span className="lb-run-facts">{words.facts}</span>{" "}
          <code className="lb-mono" title={last.source}>
            {tellingLine(last.source)}
          </code>
        </span>
      </div>
    </>
  );
}

function useSecond(counts: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!counts) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [counts]);
  return now;
}

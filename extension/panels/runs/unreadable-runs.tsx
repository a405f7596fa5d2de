import type { UnreadableRun } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import { RelativeTime } from "../kit/relative-time.tsx";
import { notebookTitle } from "../kit/titles.ts";

/** What is recorded and cannot be read, a row each with its reason; nothing when there is none. */
export function UnreadableRuns(props: { runs: readonly UnreadableRun[] }): ReactNode {
  if (props.runs.length === 0) return null;
  return (
    <ul className="lb-runs-unreadable" aria-label="Runs that cannot be read">
      {props.runs.map((run) => (
        <li key={run.commit ?? run.reason}>
          <span className="lb-run-line">
            <strong className="lb-ellipsis">
              {run.notebook === null ? "A run" : notebookTitle(run.notebook)} cannot be read
            </strong>
            {run.startedAt === null ? null : (
              <span className="lb-run-when lb-muted">
                <RelativeTime at={run.startedAt} />
              </span>
            )}
          </span>
          <span className="lb-muted">{run.reason}</span>
        </li>
      ))}
    </ul>
  );
}

import { failureText } from "@lookback/protocol/failures.ts";
import { type ReactNode, useEffect } from "react";
import type { Host } from "../../host.ts";
import { personText } from "../kit/author-text.ts";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { countText } from "../kit/quantity.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { notebookTitle } from "../kit/titles.ts";
import { useAnswer } from "../kit/use-answer.ts";

/** The deleted runs, folded away below the list, each with the way back; nothing while there is none. */
export function DeletedRuns({ host }: { host: Host }): ReactNode {
  const { answer, failure, again } = useAnswer(host, "lookback/runs/deleted", {});
  useEffect(
    () =>
      host.on("lookback/runs/changed", ({ id }) => {
        if (id === null) again();
      }),
    [host, again],
  );
  if (failure !== null) return <FailureNotice failure={failure} onRetry={again} />;
  const runs = answer?.runs ?? [];
  if (runs.length === 0) return null;
  const bringBack = (run: string) => {
    host.request("lookback/runs/undelete", { ids: [run] }).catch((error: unknown) => {
      host.notify("error", failureText(error));
    });
  };
  return (
    <details className="lb-runs-deleted">
      <summary className="lb-muted">{countText(runs.length, "deleted run")}</summary>
      <ul>
        {runs.slice(0, MOST).map(({ run, notebook, at, by, freedAt }) => (
          <li key={run}>
            <span className="lb-run-line">
              <span className="lb-ellipsis lb-run-title">
                {notebook === null ? "A run not fetched" : notebookTitle(notebook)}{" "}
                <span className="lb-muted">{run.slice(-6)}</span>
              </span>
              {freedAt === null ? (
                <button
                  type="button"
                  className="lb-link"
                  aria-label={`Bring back run ${run.slice(-6)}`}
                  onClick={() => bringBack(run)}
                >
                  Bring back
                </button>
              ) : (
                <span className="lb-none" title="It cannot be brought back.">
                  bytes freed
                </span>
              )}
            </span>
            <span className="lb-muted lb-small">
              deleted <RelativeTime at={at} /> by {personText(by)}
            </span>
          </li>
        ))}
      </ul>
      {runs.length > MOST ? (
        <p className="lb-muted lb-small">
          and {(runs.length - MOST).toLocaleString()} more: <code>lookback delete --list</code> lists them
        </p>
      ) : null}
    </details>
  );
}

const MOST = 50;

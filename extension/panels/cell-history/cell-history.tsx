import { failureText } from "@lookback/protocol/failures.ts";
import { type ReactNode, useEffect, useState } from "react";
import type { Host, Mount, PanelParams } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { countText } from "../kit/quantity.ts";
import { notebookTitle } from "../kit/titles.ts";
import { useAnswer } from "../kit/use-answer.ts";
import { Waiting } from "../kit/waiting.tsx";
import { Version } from "./version.tsx";
import "./cell-history.css";

/** Every version of a cell that ran, newest first: what changed, what it gave, read and scored; each can be put back. */
export const mountCellHistory: Mount<"cell-history"> = (element, host, params) =>
  draw(element, <CellHistory host={host} params={params} />);

function CellHistory(props: { host: Host; params: PanelParams["cell-history"] }): ReactNode {
  const { host, params } = props;
  const { notebook, uri, cellId } = params;
  const { answer, failure, again } = useAnswer(host, "lookback/cells/history", { notebook, cell: cellId });
  const [most, setMost] = useState(FIRST);
  useEffect(() => host.on("lookback/runs/changed", again), [host, again]);
  const put = (source: string) => {
    host.replaceCell(uri, cellId, source).then(
      () => host.notify("info", "Put back. Undo in the cell takes it away again."),
      (error: unknown) => {
        host.notify("error", failureText(error));
      },
    );
  };
  if (failure?.code === "history/no-runs" || failure?.code === "history/no-such-cell")
    return (
      <main className="lb-panel lb-history">
        <EmptyState
          title="This cell has not run yet."
          action="Save the notebook and run it: each version appears here."
        />
      </main>
    );
  if (answer === null)
    return (
      <main className="lb-panel lb-history">
        {failure ? (
          <FailureNotice failure={failure} onRetry={again} />
        ) : (
          <Waiting>Reading the versions of the cell</Waiting>
        )}
      </main>
    );
  const { versions, unread, isCut } = answer;
  const number = versions[0]?.runs[0]?.number;
  return (
    <main className="lb-panel lb-history">
      {failure ? <FailureNotice failure={failure} onRetry={again} /> : null}
      <header className="lb-header">
        <h1 className="lb-title">
          {number === undefined ? "Cell" : `Cell ${number}`} of {notebookTitle(notebook)}:{" "}
          {isCut || unread.length > 0 ? "at least " : ""}
          {countText(versions.length, "version")}
        </h1>
      </header>
      <div className="lb-history-body">
        {unread.map((sentence) => (
          <p key={sentence}>
            <span className="lb-history-doubt" aria-hidden="true">
              ◐
            </span>{" "}
            {sentence}
          </p>
        ))}
        {versions.length === 0 ? <EmptyState title="This cell has not run yet." action="Run it." /> : null}
        {versions.slice(0, most).map((version, at) => (
          <Version
            key={`${version.sha256} ${version.runs.at(-1)?.run}`}
            host={host}
            version={version}
            isFirst={at === versions.length - 1 && !isCut}
            onPut={put}
          />
        ))}
        {versions.length > most ? (
          <p>
            <button type="button" className="lb-link" onClick={() => setMost(most * 10)}>
              and {(versions.length - most).toLocaleString()} more
            </button>
          </p>
        ) : null}
        {isCut ? <p className="lb-muted">Older runs were not looked at.</p> : null}
      </div>
    </main>
  );
}

const FIRST = 20;

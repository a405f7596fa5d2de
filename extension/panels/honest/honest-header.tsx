import { failureText } from "@lookback/protocol/failures.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { notebookTitle } from "../kit/titles.ts";
import { changesMore } from "./review-fixes.tsx";
import type { Honest } from "./use-honest.ts";

/** Of which notebook and run, and what can be done with the score. */
export function HonestHeader(props: { host: Host; notebook: string; honest: Honest }): ReactNode {
  const { host, notebook, honest } = props;
  const { score } = honest;
  const run = score?.run ?? null;
  return (
    <header className="lb-header">
      <h1 className="lb-title">The honest score</h1>
      <span className="lb-muted lb-honest-of">
        <button type="button" className="lb-link" title={notebook} onClick={() => host.openFile(notebook)}>
          {notebookTitle(notebook)}
        </button>
        {score === null ? null : run === null ? (
          " · no recorded run of it whole, as it is saved"
        ) : (
          <>
            {" · from the run "}
            <button
              type="button"
              className="lb-link"
              title={`Run ${run.id}`}
              onClick={() => host.openPanel("run", { id: run.id })}
            >
              <RelativeTime at={run.startedAt} />
            </button>
          </>
        )}
        {" · computed on copies of it"}
        {honest.madeAt === null ? null : (
          <>
            {"; its fixes were made in your notebook "}
            <RelativeTime at={honest.madeAt} />
            {", and one undo there takes them back"}
          </>
        )}
      </span>
      <Actions host={host} honest={honest} />
    </header>
  );
}

function Actions(props: { host: Host; honest: Honest }): ReactNode {
  const { host, honest } = props;
  const { score, progress, kept, isKeeping } = honest;
  if (progress !== null)
    return (
      <div className="lb-actions">
        <button type="button" className="lb-button" onClick={honest.cancel}>
          Cancel
        </button>
      </div>
    );
  if (score === null) return null;
  const { held, report } = score;
  const fixes = report.parts.reduce((sum, { findings }) => sum + findings.length, 0);
  const isWide = report.parts.some(changesMore);
  const say = (error: unknown) => host.notify("error", failureText(error));
  return (
    <div className="lb-actions">
      {held === null ? null : (
        <button
          type="button"
          className="lb-button lb-quiet"
          title="Writes the notebook with every fix, and what it showed, beside the original."
          onClick={() => {
            host.request("lookback/honest/copy", { held }).then(({ path }) => host.openFile(path), say);
          }}
        >
          Open the copy
        </button>
      )}
      {report.changes.length === 0 ? null : (
        <button
          type="button"
          className="lb-button"
          disabled={honest.fixes === "being made"}
          aria-expanded={isWide ? honest.fixes === "in review" : undefined}
          title={
            isWide
              ? "Some change more than the leak: all are shown first"
              : "Makes them in the open notebook, as one step of undo."
          }
          onClick={isWide ? honest.review : honest.apply}
        >
          {fixes === 1 ? "Apply the fix" : `Apply all ${fixes} fixes`}
          {isWide ? "…" : ""}
        </button>
      )}
      {kept !== null ? (
        <button
          type="button"
          className="lb-button lb-primary"
          onClick={() => host.openPanel("run", { id: kept.id })}
        >
          Open the kept run
        </button>
      ) : held === null ? null : (
        <button
          type="button"
          className="lb-button lb-primary"
          title="Records the run that gave this score, as what it is: it is never compared as if you had run it."
          disabled={isKeeping}
          onClick={honest.keep}
        >
          {isKeeping ? "Keeping" : "Keep as a run"}
        </button>
      )}
    </div>
  );
}

import type { ReactNode } from "react";
import { countText, durationText } from "../kit/quantity.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { notebookTitle } from "../kit/titles.ts";
import type { Fold } from "./list-rows.ts";

/** Several runs of one cell each in two lines: how many, and how many of them did not end well. */
export function FoldRow(props: { fold: Fold; isOpen: boolean }): ReactNode {
  const { fold, isOpen } = props;
  const runs = fold.rows.map((row) => row.run);
  const [newest] = runs;
  if (newest === undefined) return null;
  const ended = (kind: (typeof newest)["outcome"]["kind"]) =>
    runs.filter((run) => run.outcome.kind === kind).length;
  const [failed, interrupted] = [ended("error"), ended("interrupted")];
  const first = Date.parse(runs.at(-1)?.startedAt ?? "");
  const span = Date.parse(newest.startedAt) + (newest.durationMs ?? 0) - first;
  return (
    <>
      <div className="lb-run-line">
        <span className="lb-run-twist lb-muted" aria-hidden="true">
          {isOpen ? "▾" : "▸"}
        </span>
        <span className="lb-run-title lb-ellipsis lb-muted">
          {countText(runs.length, "single cell")}
          <span className="lb-hidden">{isOpen ? ", shown below" : ", folded"}</span>
        </span>
        <span className="lb-run-when lb-muted">
          <RelativeTime at={newest.startedAt} />
        </span>
      </div>
      <div className="lb-run-line lb-run-second">
        <span className="lb-ellipsis lb-muted" title={newest.notebook}>
          {notebookTitle(newest.notebook)}{" "}
          <span className="lb-run-facts">
            {failed > 0 ? `${failed} failed · ` : ""}
            {interrupted > 0 ? `${interrupted} interrupted · ` : ""}in {durationText(span)}
          </span>
        </span>
      </div>
    </>
  );
}

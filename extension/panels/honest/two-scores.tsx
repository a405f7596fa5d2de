import type { HonestReport } from "@lookback/protocol/honest.ts";
import type { ReactNode } from "react";
import { metricTitle } from "../kit/metric.ts";
import { countText, durationText } from "../kit/quantity.ts";
import { bestKnown, figureText, howText, reportDigits } from "./bill-words.ts";

/** Both scores side by side, and how they were come by. */
export function TwoScores(props: {
  report: HonestReport;
  doubt: string | null;
  isRunning: boolean;
  onAgain: () => void;
}): ReactNode {
  const { report, doubt, isRunning, onAgain } = props;
  const { score, chance, durationMs } = report;
  if (score === null) return null;
  const digits = reportDigits(score, doubt === null ? report.bill : null);
  // What does not come out again is not split among leaks: its bill is not shown either.
  const best = bestKnown(doubt === null ? report : { ...report, bill: null });
  const asWritten = figureText(score.asWritten, digits);
  const isClean = [report.parts, report.unfixed, report.gone].every(({ length }) => length === 0);
  const rows =
    score.rows === null
      ? ""
      : ` on ${countText(score.rows, score.split === "held out" ? "held-out row" : "row")}`;
  const chanceText =
    chance === null || chance.spread === 0
      ? "Run twice as written, it gave the same score."
      : `Run twice as written, it differed by ${figureText(chance.spread, digits)}: shares of no more than that may be chance.`;
  return (
    <section className="lb-honest-scores" aria-label="Both scores">
      <dl>
        <div>
          <dt>as written</dt>
          <dd className="lb-honest-written">{isClean ? asWritten : <s>{asWritten}</s>}</dd>
        </div>
        <span className="lb-honest-arrow" aria-hidden="true">
          →
        </span>
        <div>
          <dt>{best.label}</dt>
          <dd>
            {best.value === null ? (
              <span className="lb-none">not known</span>
            ) : (
              figureText(best.value, digits)
            )}
          </dd>
        </div>
      </dl>
      <p className="lb-muted lb-wrap">
        {metricTitle(score.name)}
        {rows}. {howText(report)}, {durationText(durationMs)}. {chanceText}{" "}
        <button type="button" className="lb-link" disabled={isRunning} onClick={onAgain}>
          Run again
        </button>
        {doubt === null ? null : (
          <strong className="lb-honest-doubt">
            <span aria-hidden="true">◐</span> {doubt}
          </strong>
        )}
      </p>
    </section>
  );
}

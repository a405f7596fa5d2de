import { foundText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import type { FailureData } from "@lookback/protocol/failures.ts";
import type { HonestReport, HonestScore } from "@lookback/protocol/honest.ts";
import type { ReactNode } from "react";
import type { Host, Mount } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { ApartList, BillList } from "./bill-list.tsx";
import { billFigures, notReproduced, partNames } from "./bill-words.ts";
import { HonestHeader } from "./honest-header.tsx";
import { HonestProgress } from "./honest-progress.tsx";
import { LooksCard } from "./looks-card.tsx";
import { NotRead } from "./not-read.tsx";
import { ReviewFixes } from "./review-fixes.tsx";
import { TwoScores } from "./two-scores.tsx";
import { type Honest, useHonest } from "./use-honest.ts";
import { Waterfall } from "./waterfall.tsx";
import "./honest.css";

/** What a notebook's score is without its leaks, what it is made of, and the run of it that can be kept. The notebook stays as it is. */
export const mountHonest: Mount<"honest"> = (element, host, params) =>
  draw(element, <HonestPanel host={host} notebook={params.notebook} asked={params.asked} />);

function HonestPanel(props: { host: Host; notebook: string; asked: string }): ReactNode {
  const { host, notebook, asked } = props;
  const honest = useHonest(host, notebook, asked);
  const { score, failure, progress } = honest;
  return (
    <main className="lb-panel lb-honest">
      <HonestHeader host={host} notebook={notebook} honest={honest} />
      <HonestProgress progress={progress} />
      {failure === null ? null : <Failed failure={failure} honest={honest} />}
      {score !== null ? (
        <div className="lb-honest-body" aria-busy={progress !== null}>
          <Score host={host} score={score} honest={honest} />
        </div>
      ) : progress === null && failure === null ? (
        <EmptyState
          title="Its leaks are fixed on copies, which run in fresh kernels: both scores appear here, and what each leak gave to the first."
          action="Your notebook and its files stay as they are."
        >
          <button type="button" className="lb-button lb-primary" onClick={() => honest.start()}>
            Show the honest score
          </button>
        </EmptyState>
      ) : null}
    </main>
  );
}

function Failed(props: { failure: FailureData; honest: Honest }): ReactNode {
  const { failure, honest } = props;
  if (failure.code !== "honest/unsaved")
    return <FailureNotice failure={failure} onRetry={() => honest.start()} />;
  return (
    <div className="lb-notice" role="alert" data-code={failure.code}>
      <strong>{failure.message}</strong>
      <span>{failure.advice}</span>
      <span>
        <button type="button" className="lb-link" onClick={() => honest.start(true)}>
          Save it and show the score
        </button>
      </span>
    </div>
  );
}

function Score(props: { host: Host; score: HonestScore; honest: Honest }): ReactNode {
  const { host, score, honest } = props;
  const { report, looks } = score;
  const doubt = notReproduced(score);
  const figures = doubt === null ? billFigures(report) : null;
  const isEmpty = report.parts.length + report.unfixed.length + report.gone.length === 0;
  return (
    <>
      {honest.fixes === "in review" ? <ReviewFixes host={host} report={report} honest={honest} /> : null}
      {report.score === null ? (
        <NothingRan report={report} onAgain={() => honest.start()} />
      ) : (
        <TwoScores
          report={report}
          doubt={doubt}
          isRunning={honest.progress !== null}
          onAgain={() => honest.start()}
        />
      )}
      {figures === null ? null : <Waterfall report={report} figures={figures} />}
      {isEmpty ? null : (
        <section className="lb-honest-bill">
          <div className="lb-honest-over">
            <h2 className="lb-heading">
              {report.score === null ? "What was found" : "What the score is made of"}
            </h2>
            {figures === null ? null : (
              <span className="lb-muted">
                shares averaged over the order of the fixes; they add up to the gap exactly
              </span>
            )}
          </div>
          <BillList host={host} uri={score.uri} report={report} figures={figures} />
          <NotKnown report={report} />
        </section>
      )}
      {report.apart.length === 0 ? null : (
        <section className="lb-honest-bill">
          <h2 className="lb-heading">Leaks elsewhere in the notebook, that this score does not rest on</h2>
          <ApartList host={host} uri={score.uri} report={report} />
        </section>
      )}
      <div className="lb-honest-cards">
        <LooksCard looks={looks} name={report.score?.name ?? ""} />
        <NotRead report={report} />
      </div>
    </>
  );
}

/** Where there was nothing to fix. */
function NothingRan(props: { report: HonestReport; onAgain: () => void }): ReactNode {
  const { unfixed, found, notRead } = props.report;
  const says =
    unfixed.length > 0
      ? `${foundText(found)}, and no fix that holds: nothing ran, and the honest score is not known.`
      : `${foundText({ ...found, leaks: 0 })}${notRead === null ? "" : " in what was read"}: nothing ran, and there is no other score than the notebook's own.`;
  return (
    <p>
      {says}{" "}
      <button type="button" className="lb-link" onClick={props.onAgain}>
        Look again
      </button>
    </p>
  );
}

/** Scores that did not come out, and why. */
function NotKnown(props: { report: HonestReport }): ReactNode {
  const { copies, parts } = props.report;
  const failed = copies.filter(({ why }) => why !== null);
  if (failed.length === 0) return null;
  const names = partNames(parts);
  const nameOf = (part: number) => {
    const first = parts[part]?.findings[0];
    return first === undefined ? "" : `${names[part]} in cell ${first.cell}`;
  };
  return (
    <ul className="lb-honest-gaps">
      {failed.map(({ fixed, why }) => (
        <li key={fixed.join()} className="lb-wrap">
          <span className="lb-honest-amber" aria-hidden="true">
            ◐
          </span>{" "}
          The score with {fixed.map(nameOf).join(" and ")} fixed is not known: {why}.
        </li>
      ))}
    </ul>
  );
}

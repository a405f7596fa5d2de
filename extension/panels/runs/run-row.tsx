import { leakText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import { leaksBeside } from "@lookback/kernel-bridge/metrics/leaks-of-score.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import { personText } from "../kit/author-text.ts";
import { ElsewherePill } from "../kit/elsewhere-pill.tsx";
import { interruptedText } from "../kit/interrupted-text.ts";
import { changeTone, metricDirection, metricTitle, metricValue } from "../kit/metric.ts";
import { OutcomeMark } from "../kit/outcome-mark.tsx";
import { Pill } from "../kit/pill.tsx";
import { cellsCountText, countText, durationText } from "../kit/quantity.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { notebookTitle, shortClass } from "../kit/titles.ts";
import type { RunRow as Row } from "./run-rows.ts";

/** One run in two lines: what came out, then from where, how long, and how it stands. */
export function RunRow(props: { row: Row; metric: string | null }): ReactNode {
  const { run, change } = props.row;
  const { marks } = run;
  const counts = leaksBeside(run, shownMetric(run, props.metric));
  const leaks = leakText(counts);
  const allTags = [...new Set([...marks.tags, ...run.tags])];
  const [tag, ...tags] = allTags;
  return (
    <>
      <div className="lb-run-line">
        <OutcomeMark outcome={run.outcome.kind} />
        <span className="lb-run-title lb-ellipsis">
          <Headline run={run} metric={props.metric} />
          {change === null || change === 0 || props.metric !== null ? null : (
            <Change metric={run.metric?.name ?? ""} change={change} />
          )}
        </span>
        {marks.starred ? (
          <span className="lb-run-star">
            <span aria-hidden="true">★</span>
            <span className="lb-hidden">starred</span>
          </span>
        ) : null}
        <span className="lb-run-when lb-muted">
          <RelativeTime at={run.startedAt} />
        </span>
      </div>
      <div className="lb-run-line lb-run-second">
        <span
          className="lb-ellipsis lb-muted"
          title={[
            run.notebook,
            cellsText(run),
            run.author === null ? null : personText(run.author),
            marks.note,
          ]
            .filter(Boolean)
            .join("\n")}
        >
          {marks.name ?? notebookTitle(run.notebook)} <span className="lb-run-facts">{cellsText(run)}</span>
        </span>
        <span className="lb-run-pills">
          {marks.official.length > 0 ? (
            <Pill
              kind="known"
              title={`Official for ${marks.official.map((mark) => mark.question).join(", ")}`}
            >
              official
            </Pill>
          ) : null}
          {tag === undefined ? null : (
            <Pill title={allTags.join(", ")}>{tags.length === 0 ? tag : `${tag} +${tags.length}`}</Pill>
          )}
          {run.origin?.kind === "honest" ? (
            <Pill
              kind="served"
              title={`Kept as the honest score of ${run.origin.run === null ? "this notebook" : `run ${run.origin.run.slice(-6)}`}: nobody ran it, and it is compared with no run.`}
            >
              honest score
            </Pill>
          ) : null}
          {leaks === null ? null : (
            <Pill kind="future" mark="◇">
              {leaks}
            </Pill>
          )}
          <ElsewherePill leaks={counts} />
          {run.notRead !== null && leaks === null ? (
            <Pill kind="late" mark="◐" title={run.notRead}>
              not all read
            </Pill>
          ) : null}
          {run.pinnedBy.length > 0 ? (
            <Pill kind="better" title={run.pinnedBy.join(", ")}>
              deployed
            </Pill>
          ) : null}
        </span>
      </div>
    </>
  );
}

/** What came out of a run in a few words: its error, its score, what it fitted, or what it read. */
function headlineText(run: RunSummary, metric: string | null): string {
  if (run.outcome.kind === "error") return `${run.outcome.name}: ${run.outcome.message}`;
  if (run.outcome.kind === "interrupted") return interruptedText(run.outcome);
  const shown = shownMetric(run, metric);
  if (shown !== null) return scoreText(run, shown, run.metrics[shown] ?? run.metric?.value ?? Number.NaN);
  if (run.model) return shortClass(run.model);
  if (run.datasets.length > 0) return countText(run.datasets.length, "dataset");
  return cellsCountText(run.cellsRun);
}

/** The metric that the runs are sorted by where this one has it, else its headline. */
function shownMetric(run: RunSummary, metric: string | null): string | null {
  return metric !== null && run.metrics[metric] !== undefined ? metric : (run.metric?.name ?? null);
}

function scoreText({ trainingMetrics }: RunSummary, name: string, value: number): string {
  const rows = trainingMetrics.includes(name) ? " on training rows" : "";
  return `${metricTitle(name)} ${metricValue(value)}${rows}`;
}

function Headline(props: { run: RunSummary; metric: string | null }): ReactNode {
  const text = headlineText(props.run, props.metric);
  const shown = shownMetric(props.run, props.metric);
  const isLeaky = leakText(leaksBeside(props.run, shown)) !== null;
  if (!isLeaky || shown === null || props.run.outcome.kind !== "ok") {
    return <strong title={text}>{text}</strong>;
  }
  return (
    <>
      <s className="lb-strong lb-muted">{text}</s>{" "}
      <span className="lb-run-aside lb-muted">not comparable</span>
    </>
  );
}

function Change(props: { metric: string; change: number }): ReactNode {
  const tone = changeTone(metricDirection(props.metric), props.change);
  const size = metricValue(Math.abs(props.change)).replace(/^0\./, ".");
  return (
    <span className={`lb-change ${tone}`} title="Against the previous comparable run">
      <span aria-hidden="true">{props.change > 0 ? "▲" : "▼"}</span>
      <span className="lb-hidden">{props.change > 0 ? "up" : "down"}</span> {size}
    </span>
  );
}

function cellsText(run: RunSummary): string {
  const isWhole = run.outcome.kind === "ok" || run.cellCount === 0;
  const cells = isWhole
    ? cellsCountText(run.cellsRun)
    : `${run.cellsRun} of ${countText(run.cellCount, "cell")}`;
  return run.durationMs === null ? cells : `${cells} · ${durationText(run.durationMs)}`;
}

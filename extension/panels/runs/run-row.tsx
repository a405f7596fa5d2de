import type { RunSummary } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import { isBetter, metricTitle, metricValue } from "../kit/metric.ts";
import { OutcomeMark } from "../kit/outcome-mark.tsx";
import { Pill } from "../kit/pill.tsx";
import { countText, durationText } from "../kit/quantity.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import type { RunRow as Row } from "./run-rows.ts";

/** One run in two lines: what came out, then from where, how long, and how it stands. */
export function RunRow(props: { row: Row }): ReactNode {
  const { run, change } = props.row;
  return (
    <>
      <div className="lb-run-line">
        <OutcomeMark outcome={run.outcome.kind} />
        <span className="lb-run-title lb-ellipsis">
          <Headline run={run} />
          {change === null || change === 0 ? null : (
            <Change metric={run.metric?.name ?? ""} change={change} />
          )}
        </span>
        <span className="lb-run-when lb-muted">
          <RelativeTime at={run.startedAt} />
        </span>
      </div>
      <div className="lb-run-line lb-run-second">
        <span className="lb-ellipsis lb-muted" title={`${run.notebook}, ${cellsText(run)}`}>
          {notebookTitle(run.notebook)} <span className="lb-run-facts">{cellsText(run)}</span>
        </span>
        <span className="lb-run-pills">
          {run.leaks > 0 ? (
            <Pill kind="future" mark="◇">
              {countText(run.leaks, "leak")}
            </Pill>
          ) : null}
          {run.notRead !== null && run.leaks === 0 ? (
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
function headlineText(run: RunSummary): string {
  if (run.outcome.kind === "error") return `${run.outcome.name}: ${run.outcome.message}`;
  if (run.outcome.kind === "interrupted") return "interrupted";
  if (run.metric) return `${metricTitle(run.metric.name)} ${metricValue(run.metric.value)}`;
  if (run.model) return run.model.split(".").at(-1) ?? run.model;
  if (run.datasets > 0) return countText(run.datasets, "dataset");
  return countText(run.cellsRun, "cell");
}

/** The notebook's name without folder and extension. */
export function notebookTitle(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.ipynb$/, "");
}

function Headline(props: { run: RunSummary }): ReactNode {
  const text = headlineText(props.run);
  if (props.run.trust !== "leaky" || props.run.metric === null || props.run.outcome.kind !== "ok") {
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
  const better = isBetter(props.metric, props.change);
  const size = metricValue(Math.abs(props.change)).replace(/^0\./, ".");
  return (
    <span
      className={better ? "lb-change lb-better" : "lb-change lb-worse"}
      title="Against the previous comparable run"
    >
      <span aria-hidden="true">{props.change > 0 ? "▲" : "▼"}</span>
      <span className="lb-hidden">{props.change > 0 ? "up" : "down"}</span> {size}
    </span>
  );
}

function cellsText(run: RunSummary): string {
  const of = run.outcome.kind === "ok" ? "" : `${run.cellsRun} of `;
  const cells = `${of}${countText(run.outcome.kind === "ok" ? run.cellsRun : run.cellCount, "cell")}`;
  return run.durationMs === null ? cells : `${cells} · ${durationText(run.durationMs)}`;
}

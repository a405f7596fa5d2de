import type { RunSummary } from "@lookback/protocol/runs.ts";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import type { Host, Mount } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { metricTitle } from "../kit/metric.ts";
import { countText } from "../kit/quantity.ts";
import { runFilter } from "./run-filter.ts";
import { RunList } from "./run-list.tsx";
import { notebookTitle } from "./run-row.tsx";
import { metricHistory, runRows } from "./run-rows.ts";
import { Sparkline } from "./sparkline.tsx";
import { UnreadableRuns } from "./unreadable-runs.tsx";
import { useRuns } from "./use-runs.ts";
import "./runs.css";

/** The list of runs for a side bar: newest first, filterable, live. Opening a row opens its run page. */
export const mountRuns: Mount<"runs"> = (element, host) => draw(element, <Runs host={host} />);

function Runs(props: { host: Host }): ReactNode {
  const { runs, unreadable, failure, problems, reload } = useRuns(props.host);
  const [filter, setFilter] = useState("");
  const [selected, setSelected] = useState<string | null>(null);
  const wanted = useDeferredValue(filter);
  const rows = useMemo(() => {
    const keep = runFilter(wanted);
    return runRows(runs ?? []).filter((row) => keep(row.run));
  }, [runs, wanted]);

  const choose = (run: RunSummary) => {
    setSelected(run.id);
    props.host.openPanel("run", { id: run.id });
  };
  return (
    <section className="lb-panel lb-runs" aria-label="Runs">
      {failure ? <FailureNotice failure={failure} onRetry={reload} /> : null}
      {problems.map((problem) => (
        <FailureNotice key={problem.message} failure={problem} onRetry={reload} />
      ))}
      <UnreadableRuns runs={unreadable} />
      {runs === null ? (
        failure ? null : (
          <Waiting />
        )
      ) : runs.length === 0 ? (
        unreadable.length > 0 ? null : (
          <EmptyState title="No runs yet." action="Run any cell." />
        )
      ) : (
        <>
          <search className="lb-runs-filter">
            <input
              className="lb-input"
              type="search"
              aria-label="Filter runs"
              placeholder="Filter: auc > 0.7, weather, live"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </search>
          <Trend runs={runs} selected={selected} />
          {rows.length === 0 ? (
            <EmptyState title={`None of ${countText(runs.length, "run")} matches.`}>
              <button type="button" className="lb-link" onClick={() => setFilter("")}>
                Clear the filter
              </button>
            </EmptyState>
          ) : (
            <RunList rows={rows} selected={selected} onSelect={setSelected} onOpen={choose} />
          )}
        </>
      )}
    </section>
  );
}

/** The headline metric of the notebook that is looked at: the selected run's, else that of the newest comparable run. */
function Trend(props: { runs: readonly RunSummary[]; selected: string | null }): ReactNode {
  const trend = useMemo(() => {
    const chosen = props.runs.filter((run) => run.id === props.selected);
    const newest = props.runs
      .filter((run) => run.metric && run.trust !== "leaky" && run.trust !== "unchecked")
      .slice(0, 1);
    return [...chosen, ...newest]
      .map((run) => ({ run, points: metricHistory(props.runs, run.notebook, run.metric?.name ?? "") }))
      .find(({ points }) => points.length > 1);
  }, [props.runs, props.selected]);
  if (!trend) return null;
  const { run, points } = trend;
  const title = `${metricTitle(run.metric?.name ?? "")}, ${notebookTitle(run.notebook)}`;
  return (
    <div className="lb-runs-trend">
      <div className="lb-runs-trend-words lb-muted">
        <strong className="lb-ellipsis">{title}</strong>
        <span>{countText(points.length, "run")}</span>
      </div>
      <Sparkline title={title} points={points} selected={props.selected} />
    </div>
  );
}

function Waiting(): ReactNode {
  return (
    <div className="lb-empty" role="status">
      <span className="lb-spinner" aria-hidden="true" />
      <p>Reading the runs</p>
    </div>
  );
}

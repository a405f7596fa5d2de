import type { RunSummary } from "@lookback/protocol/runs.ts";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import type { Host, Mount } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { metricTitle } from "../kit/metric.ts";
import { countText } from "../kit/quantity.ts";
import { notebookTitle } from "../kit/titles.ts";
import { Waiting } from "../kit/waiting.tsx";
import { DeletedRuns } from "./deleted-runs.tsx";
import { listRows } from "./list-rows.ts";
import { runFilter } from "./run-filter.ts";
import { RunList } from "./run-list.tsx";
import { isComparable, metricHistory, runRows } from "./run-rows.ts";
import { RunTools } from "./run-tools.tsx";
import { sortableMetrics, sortRuns } from "./sort-runs.ts";
import { Sparkline } from "./sparkline.tsx";
import { StoreLines } from "./store-line.tsx";
import { UnreadableRuns } from "./unreadable-runs.tsx";
import { useRuns } from "./use-runs.ts";
import { useWaiting, WaitingRuns } from "./waiting-runs.tsx";
import "./runs.css";

/** The list of runs for a side bar: newest first, filterable, live. Opening a row opens its run page. */
export const mountRuns: Mount<"runs"> = (element, host) => draw(element, <Runs host={host} />);

function Runs(props: { host: Host }): ReactNode {
  const { runs, unreadable, failure, problems, reload } = useRuns(props.host);
  const waiting = useWaiting(props.host);
  const [filter, setFilter] = useState("");
  const [selected, setSelected] = useState<string | null>(null);
  const [metric, setMetric] = useState<string | null>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [marked, setMarked] = useState<readonly string[]>([]);
  const wanted = useDeferredValue(filter);
  const metrics = useMemo(() => sortableMetrics(runs ?? []), [runs]);
  const rows = useMemo(() => {
    const keep = runFilter(wanted);
    return sortRuns(
      runRows(runs ?? []).filter((row) => keep(row.run)),
      metric,
    );
  }, [runs, wanted, metric]);
  // What was looked for is shown, not folded away.
  const lines = useMemo(
    () =>
      metric === null && wanted.trim() === ""
        ? listRows(rows, open)
        : rows.map((row) => ({ kind: "run", row, inside: null }) as const),
    [rows, open, metric, wanted],
  );

  const mark = (id: string) => {
    // The run that is open counts as the first that was marked.
    const opened = runs?.find((run) => run.id === selected && run.id !== id);
    const begun = marked.length === 0 && opened !== undefined ? [opened.id] : marked;
    setMarked(begun.includes(id) ? begun.filter((each) => each !== id) : [...begun, id]);
    setSelected(id);
  };
  const choose = (run: RunSummary) => {
    setSelected(run.id);
    props.host.openPanel("run", { id: run.id });
  };
  return (
    <section className="lb-panel lb-runs" aria-label="Runs">
      {failure ? <FailureNotice failure={failure} onRetry={reload} /> : null}
      {failure === null && waiting.failure !== null ? (
        <FailureNotice failure={waiting.failure} onRetry={waiting.again} />
      ) : null}
      {problems.map((problem) => (
        <FailureNotice key={problem.message} failure={problem} onRetry={reload} />
      ))}
      <WaitingRuns host={props.host} runs={waiting.runs} />
      <UnreadableRuns runs={unreadable} />
      {runs === null ? (
        failure ? null : (
          <Waiting>Reading the runs</Waiting>
        )
      ) : runs.length === 0 ? (
        unreadable.length + waiting.runs.length > 0 ? null : (
          <EmptyState title="No runs yet." action="Run any cell." />
        )
      ) : (
        <>
          <RunTools
            filter={filter}
            onFilter={setFilter}
            metrics={metrics}
            metric={metric}
            onMetric={setMetric}
            shown={rows.length}
            total={runs.length}
          />
          <Trend runs={runs} selected={selected} />
          {rows.length === 0 ? (
            <EmptyState title={`None of ${countText(runs.length, "run")} matches.`}>
              <button type="button" className="lb-link" onClick={() => setFilter("")}>
                Clear the filter
              </button>
            </EmptyState>
          ) : (
            <RunList
              rows={lines}
              metric={metric}
              selected={selected}
              marked={marked}
              onSelect={setSelected}
              onMark={mark}
              onOpen={choose}
              onFold={(fold, isOpen) => setOpen((known) => withFold(known, fold, isOpen))}
            />
          )}
          <MarkedRuns host={props.host} marked={marked} onClear={() => setMarked([])} />
        </>
      )}
      <DeletedRuns host={props.host} />
      <StoreLines host={props.host} />
    </section>
  );
}

/** What can be done with the rows that are marked; nothing while none is. */
function MarkedRuns(props: { host: Host; marked: readonly string[]; onClear: () => void }): ReactNode {
  const { host, marked, onClear } = props;
  if (marked.length === 0) return null;
  return (
    <div className="lb-runs-marked" role="status">
      <button
        type="button"
        className="lb-button lb-primary"
        disabled={marked.length < 2}
        // Ids begin with the moment they were made: what came first stands left.
        onClick={() => host.openPanel("compare", { ids: [...marked].sort() })}
      >
        Compare {countText(marked.length, "run")}
      </button>
      <button type="button" className="lb-button lb-quiet" onClick={onClear}>
        Clear
      </button>
    </div>
  );
}

/** The headline metric of the notebook that is looked at: the selected run's, else that of the newest comparable run. */
function Trend(props: { runs: readonly RunSummary[]; selected: string | null }): ReactNode {
  const trend = useMemo(() => {
    const chosen = props.runs.filter((run) => run.id === props.selected);
    const newest = props.runs.filter((run) => run.metric && isComparable(run)).slice(0, 1);
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

function withFold(known: ReadonlySet<string>, fold: string, isOpen: boolean): ReadonlySet<string> {
  const folds = new Set(known);
  if (isOpen) folds.add(fold);
  else folds.delete(fold);
  return folds;
}

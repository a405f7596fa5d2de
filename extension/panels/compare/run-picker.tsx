import { leakText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import { leaksBeside } from "@lookback/kernel-bridge/metrics/leaks-of-score.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";
import { type ReactNode, useState } from "react";
import type { Host } from "../../host.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { metricTitle, metricValue } from "../kit/metric.ts";
import { countText } from "../kit/quantity.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { notebookTitle } from "../kit/titles.ts";
import { useAnswer } from "../kit/use-answer.ts";
import { Waiting } from "../kit/waiting.tsx";

/** With which runs to compare one: those of its notebook first. */
export function RunPicker(props: { host: Host; id: string }): ReactNode {
  const { host, id } = props;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { answer, failure, again } = useAnswer(host, "lookback/runs/list", { limit: MOST });
  if (answer === null)
    return failure ? (
      <FailureNotice failure={failure} onRetry={again} />
    ) : (
      <Waiting>Reading the runs</Waiting>
    );
  const own = answer.runs.find((run) => run.id === id);
  const others = answer.runs.filter((run) => run.id !== id);
  const isNear = (run: RunSummary) => run.notebook === own?.notebook;
  const rows = [...others.filter(isNear), ...others.filter((run) => !isNear(run))];
  const toggle = (run: string) =>
    setChosen(chosen.includes(run) ? chosen.filter((each) => each !== run) : [...chosen, run]);
  // Ids begin with the moment they were made: what came first stands left.
  const compare = (others: readonly string[]) => host.openPanel("compare", { ids: [id, ...others].sort() });
  if (rows.length === 0)
    return <EmptyState title="There is no other run to compare with." action="Run any cell." />;
  return (
    <>
      <header className="lb-header">
        <h1 className="lb-title">Compare run {id.slice(-6)} with…</h1>
        <div className="lb-actions">
          <button
            type="button"
            className="lb-button lb-primary"
            disabled={chosen.length === 0}
            onClick={() => compare(chosen)}
          >
            {chosen.length === 0 ? "Compare" : `Compare ${countText(chosen.length + 1, "run")}`}
          </button>
        </div>
      </header>
      <div className="lb-compare-body">
        <table className="lb-table">
          <thead>
            <tr>
              <th className="lb-picker-mark">
                <span className="lb-hidden">chosen</span>
              </th>
              <th>when</th>
              <th>notebook</th>
              <th className="lb-number">score</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((run) => (
              <tr key={run.id}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Run ${run.id.slice(-6)} of ${notebookTitle(run.notebook)}`}
                    checked={chosen.includes(run.id)}
                    onChange={() => toggle(run.id)}
                  />
                </td>
                <td>
                  <button
                    type="button"
                    className="lb-link"
                    title={`Compare with ${run.id}`}
                    onClick={() => compare([run.id])}
                  >
                    <RelativeTime at={run.startedAt} />
                  </button>
                </td>
                <td className="lb-ellipsis" title={run.notebook}>
                  {notebookTitle(run.notebook)} <span className="lb-muted">{run.id.slice(-6)}</span>
                </td>
                <td className="lb-number">
                  <Score run={run} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {answer.total > answer.runs.length ? (
          <p className="lb-muted">
            The newest {countText(answer.runs.length, "run")} of {answer.total.toLocaleString()}.
          </p>
        ) : null}
      </div>
    </>
  );
}

const MOST = 200;

function Score(props: { run: RunSummary }): ReactNode {
  const { metric, outcome } = props.run;
  if (outcome.kind !== "ok")
    return <span className="lb-muted">{outcome.kind === "error" ? "failed" : "interrupted"}</span>;
  if (metric === null) return <span className="lb-none">none</span>;
  const text = `${metricTitle(metric.name)} ${metricValue(metric.value)}`;
  const leaks = leakText(leaksBeside(props.run, metric.name));
  return leaks !== null ? (
    <s className="lb-muted" title={`${leaks}, not comparable`}>
      {text}
    </s>
  ) : (
    text
  );
}

import { leakText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import { leaksBeside } from "@lookback/kernel-bridge/metrics/leaks-of-score.ts";
import type { Comparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { ElsewherePill } from "../kit/elsewhere-pill.tsx";
import { Pill } from "../kit/pill.tsx";
import { RelativeTime } from "../kit/relative-time.tsx";
import { ReproductionNote } from "../kit/reproduction.tsx";
import { RestoreMenu } from "../kit/restore-menu.tsx";
import { notebookTitle } from "../kit/titles.ts";
import { useReproduction } from "../kit/use-reproduction.ts";
import { DoubtList } from "./doubt-list.tsx";
import { nameOfRun } from "./run-words.ts";

/** The verdict, which runs it is of, and what can be done with them. */
export function CompareHeader(props: {
  host: Host;
  comparison: Comparison;
  /** Another is being computed. */
  isStale: boolean;
  onReverse: () => void;
}): ReactNode {
  const { host, comparison, isStale, onReverse } = props;
  const { runs, verdict, pair } = comparison;
  const [left, right] = runs;
  const reproducing = useReproduction(host, right?.summary.id ?? "");
  return (
    <>
      <header className="lb-header lb-compare-header" aria-busy={isStale}>
        <div className="lb-compare-words">
          <h1 className="lb-title">
            {verdict.parts.map(({ text, tone }) => (
              <span key={text} className={tone === "plain" ? undefined : `lb-${tone}`}>
                {text}
              </span>
            ))}
          </h1>
          {pair === null ? null : (
            <ul className="lb-compare-runs" aria-label="Runs">
              {runs.map((run, at) => (
                <RunLine key={run.summary.id} host={host} run={run} side={at === 0 ? "left" : "right"} />
              ))}
            </ul>
          )}
          <DoubtList doubts={verdict.doubts} />
        </div>
        <div className="lb-actions">
          <button type="button" className="lb-button lb-quiet" onClick={onReverse}>
            {pair === null ? "Reverse order" : "Swap"}
          </button>
          {host.openNotebookDiff && pair !== null && left && right ? (
            <button
              type="button"
              className="lb-button"
              onClick={() =>
                host.openNotebookDiff?.(
                  { id: left.summary.id, notebook: left.summary.notebook },
                  { id: right.summary.id, notebook: right.summary.notebook },
                )
              }
            >
              Open notebook diff
            </button>
          ) : null}
          <RestoreMenu
            host={host}
            label="Restore"
            runs={runs.map(({ summary }, at) => ({ summary, name: nameOfRun(at, runs.length) }))}
          />
          {pair === null ? null : (
            <button
              type="button"
              className="lb-button lb-primary"
              title="Runs the right run again from its restored inputs, in a fresh kernel. Nothing of yours is written."
              disabled={reproducing.step !== null}
              onClick={reproducing.start}
            >
              Reproduce right
            </button>
          )}
        </div>
      </header>
      <ReproductionNote reproducing={reproducing} />
    </>
  );
}

function RunLine(props: { host: Host; run: Comparison["runs"][number]; side: "left" | "right" }): ReactNode {
  const { id, startedAt, notebook, metric, pinnedBy, outcome } = props.run.summary;
  const counts = leaksBeside(props.run.summary, metric?.name ?? null);
  const leaks = leakText(counts);
  return (
    <li>
      <span className={`lb-side-dot lb-${props.side}`} aria-hidden="true" />
      <span className="lb-hidden">{props.side}: </span>
      <strong>
        <RelativeTime at={startedAt} />
      </strong>{" "}
      <button
        type="button"
        className="lb-link"
        title={`Open run ${id}`}
        onClick={() => props.host.openPanel("run", { id })}
      >
        {notebookTitle(notebook)} · {id.slice(-6)}
      </button>
      {outcome.kind === "ok" ? null : (
        <Pill kind="future">{outcome.kind === "error" ? "failed" : "interrupted"}</Pill>
      )}
      {leaks === null ? null : (
        <Pill kind="future" mark="◇">
          {leaks}, not comparable
        </Pill>
      )}
      <ElsewherePill leaks={counts} />
      {pinnedBy.length > 0 ? (
        <Pill kind="better" title={pinnedBy.join(", ")}>
          deployed
        </Pill>
      ) : null}
    </li>
  );
}

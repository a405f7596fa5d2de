import { reachOf } from "@lookback/kernel-bridge/metrics/leaks-of-score.ts";
import type { Run, ShownRun } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import type { AllShown } from "../kit/all-shown.ts";
import { metricTitle } from "../kit/metric.ts";
import { countText } from "../kit/quantity.ts";
import { shortClass } from "../kit/titles.ts";
import { LineChart } from "./line-chart.tsx";
import { rowsText, type ScoreLine, scoreLines, scoreText } from "./score-lines.ts";

/** The scores of a run, each with how often its rows have judged, where that was not just said; struck through where a leak that they rest on, or may, makes them not comparable. A loop's are one line with their course. */
export function MetricsTable(props: {
  host: Host;
  runId: string;
  metrics: Run["metrics"];
  looks: ShownRun["looks"];
  leaks: NonNullable<Run["trust"]>["findings"];
}): ReactNode {
  if (props.metrics.length === 0) return null;
  const lines = scoreLines(props.metrics);
  const looks = lines.map(({ metric }) => props.looks[props.metrics.indexOf(metric)] ?? null);
  return (
    <table className="lb-table">
      <thead className="lb-hidden">
        <tr>
          <th>metric</th>
          <th>value</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and may score the same twice
            key={at}
            line={line}
            leaky={props.leaks.some((leak) => reachOf(leak, line.metric.cellId) !== "apart")}
            look={looks.indexOf(looks[at] ?? null) === at ? (looks[at] ?? null) : null}
            onOrigin={() =>
              props.host.openPanel("lineage", {
                of: { run: props.runId },
                metric: props.metrics.indexOf(line.metric),
              })
            }
          />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: {
  line: ScoreLine;
  leaky: boolean;
  look: string | null;
  onOrigin: () => void;
}): ReactNode {
  const { metric, values } = props.line;
  const { name, value, spread, rows, split, folds, estimator, innerFits, ...rest } = metric;
  const { cellId: _, values: __, model: ___, truth: ____, ...unshown } = rest;
  unshown satisfies AllShown;
  const text = scoreText({ value, spread });
  const by = [estimator, innerFits === null ? null : countText(innerFits, "fit")].filter(Boolean).join(", ");
  return (
    <tr>
      <th scope="row" title={by === "" ? name : `${name} of ${by}`}>
        <button
          type="button"
          className="lb-link"
          title="Where this number comes from"
          aria-label={`Where ${metricTitle(name)} comes from`}
          onClick={props.onOrigin}
        >
          {metricTitle(name)}
        </button>
        {estimator === null ? null : <span className="lb-run-aside lb-muted">{shortClass(estimator)}</span>}
        <div className="lb-metric-on lb-muted">
          {values.length > 1 ? `last of ${values.length.toLocaleString()}` : rowsText({ rows, split, folds })}
        </div>
        {props.look === null ? null : <div className="lb-metric-on lb-muted lb-wrap">{props.look}</div>}
      </th>
      <td className="lb-number">
        {values.length > 1 ? (
          <LineChart label={`${values.length} values of ${name}`} lines={[values]} small />
        ) : null}
        {props.leaky ? (
          <s className="lb-muted" title="A leak that it rests on, or may, makes the score not comparable.">
            {text}
          </s>
        ) : (
          <strong>{text}</strong>
        )}
      </td>
    </tr>
  );
}

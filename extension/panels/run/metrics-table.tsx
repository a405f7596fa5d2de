import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { AllShown } from "../kit/all-shown.ts";
import { metricTitle, metricValue } from "../kit/metric.ts";

/** The scores of a run; struck through when a leak makes them not comparable. */
export function MetricsTable(props: { metrics: Run["metrics"]; leaky: boolean }): ReactNode {
  if (props.metrics.length === 0) return null;
  return (
    <table className="lb-table">
      <thead className="lb-hidden">
        <tr>
          <th>metric</th>
          <th>value</th>
          <th>on</th>
        </tr>
      </thead>
      <tbody>
        {props.metrics.map((metric, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and may score the same twice
          <Row key={at} metric={metric} leaky={props.leaky} />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: { metric: Run["metrics"][number]; leaky: boolean }): ReactNode {
  const { name, value, rows, cellId: _, ...rest } = props.metric;
  rest satisfies AllShown;
  return (
    <tr>
      <th scope="row" title={name}>
        {metricTitle(name)}
      </th>
      <td className="lb-number">
        {props.leaky ? (
          <s className="lb-muted" title="A leak in this notebook makes the score not comparable.">
            {metricValue(value)}
          </s>
        ) : (
          <strong>{metricValue(value)}</strong>
        )}
      </td>
      <td className="lb-number lb-muted">{rows === null ? "" : `on ${rows.toLocaleString()} rows`}</td>
    </tr>
  );
}

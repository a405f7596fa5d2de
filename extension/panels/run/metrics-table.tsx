import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import { metricTitle, metricValue } from "../kit/metric.ts";

/** The scores of a run; struck through when a leak makes them not comparable. */
export function MetricsTable(props: { metrics: Run["metrics"]; comparable: boolean }): ReactNode {
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
        {props.metrics.map((metric) => (
          <tr key={`${metric.cellId} ${metric.name} ${metric.value}`}>
            <th scope="row" title={metric.name}>
              {metricTitle(metric.name)}
            </th>
            <td className="lb-number">
              {props.comparable ? (
                <strong>{metricValue(metric.value)}</strong>
              ) : (
                <s className="lb-muted" title="A leak in this notebook makes the score not comparable.">
                  {metricValue(metric.value)}
                </s>
              )}
            </td>
            <td className="lb-number lb-muted">
              {metric.rows === null ? "" : `on ${metric.rows.toLocaleString()} rows`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

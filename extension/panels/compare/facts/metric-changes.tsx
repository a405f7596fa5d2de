import type { Comparison, MetricComparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { changeTone, metricChange, metricTitle, metricValue } from "../../kit/metric.ts";
import { Scrolled } from "../../kit/scrolled.tsx";
import { Section } from "../section.tsx";
import { SideHeads } from "./side-heads.tsx";

/** The scores of two runs beside each other, with what became of each; those that may not be compared are struck through, and say why. */
export function MetricChanges(props: {
  runs: Comparison["runs"];
  metrics: readonly MetricComparison[];
  /** How often the rows of both have judged, where that is known. */
  looks: string | null;
}): ReactNode {
  const { runs, metrics, looks } = props;
  if (metrics.length === 0) return <Section title="Metrics" aside="no scores in either run" />;
  return (
    <Section title="Metrics" aside={onRows(metrics)}>
      <Scrolled label="Metrics">
        <table className="lb-table">
          <thead>
            <tr>
              <th>
                <span className="lb-hidden">metric</span>
              </th>
              <SideHeads runs={runs} isNumber />
              <th className="lb-number">
                <span className="lb-hidden">change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes, and may hold a name twice
              <Row key={at} metric={metric} />
            ))}
          </tbody>
        </table>
      </Scrolled>
      {looks === null ? null : <p className="lb-muted lb-small lb-wrap">{looks}.</p>}
    </Section>
  );
}

function Row(props: { metric: MetricComparison }): ReactNode {
  const { name, left, right, reason, of, state, split } = props.metric;
  return (
    <tr>
      <th scope="row" title={name}>
        {metricTitle(name)}
        {split === null ? null : <span className="lb-muted lb-small"> {split}</span>}
        {of.left > 1 || of.right > 1 ? (
          <span className="lb-muted lb-small">
            {" "}
            the last of {of.left === of.right ? of.left : `${of.left} and ${of.right}`}
          </span>
        ) : null}
        {reason === null ? null : (
          <div className="lb-compare-reason">
            <span aria-hidden="true">◐</span> not comparable: {reason}
          </div>
        )}
      </th>
      <td className="lb-number">{shown(left, reason)}</td>
      <td className="lb-number">
        {state === "same" ? shown(right, reason) : <strong>{shown(right, reason)}</strong>}
      </td>
      <td className="lb-number">
        <Change metric={props.metric} />
      </td>
    </tr>
  );
}

function shown(recorded: MetricComparison["left"], reason: string | null): ReactNode {
  if (recorded === null) return <span className="lb-none">none</span>;
  const text = metricValue(Number(recorded.value));
  return reason === null ? text : <s className="lb-muted">{text}</s>;
}

function Change(props: { metric: MetricComparison }): ReactNode {
  const { change, direction } = props.metric;
  if (change === null) return null;
  if (change === 0) return <span className="lb-muted">unchanged</span>;
  return <span className={changeTone(direction, change)}>{metricChange(change)}</span>;
}

/** Said once where all say the same. */
function onRows(metrics: readonly MetricComparison[]): string | null {
  const counts = new Set(metrics.flatMap(({ rows }) => [rows.left, rows.right]));
  const [only] = counts;
  if (counts.size !== 1) return null;
  return only == null ? "over how many rows is not recorded" : `over ${only.toLocaleString()} rows`;
}

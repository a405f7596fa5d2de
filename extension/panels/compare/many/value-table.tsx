import type { Comparison, ValueRow } from "@lookback/protocol/compare.ts";
import { type ReactNode, useState } from "react";
import { metricTitle, metricValue } from "../../kit/metric.ts";
import { countText } from "../../kit/quantity.ts";
import { RelativeTime } from "../../kit/relative-time.tsx";
import { Scrolled } from "../../kit/scrolled.tsx";
import { notebookTitle } from "../../kit/titles.ts";
import { recordedText } from "../facts/recorded-text.ts";
import { Section } from "../section.tsx";

/** Parameters and metrics, a column a run; rows that are equal in all are hidden until asked for. */
export function ValueTable(props: {
  comparison: Comparison;
  chosen: readonly string[];
  onToggle: (id: string) => void;
}): ReactNode {
  const { comparison, chosen, onToggle } = props;
  const { runs, values } = comparison;
  const [isWhole, setWhole] = useState(false);
  const equal = values.filter(({ isEqual }) => isEqual).length;
  const rows = isWhole ? values : values.filter(({ isEqual }) => !isEqual);
  return (
    <Section title="Parameters and metrics">
      {equal > 0 ? (
        <label className="lb-muted">
          <input type="checkbox" checked={isWhole} onChange={() => setWhole(!isWhole)} /> show{" "}
          {countText(equal, "row")} that {equal === 1 ? "is" : "are"} equal in all runs
        </label>
      ) : null}
      <Scrolled label="Parameters and metrics" className="lb-card">
        <table className="lb-table lb-values">
          <thead>
            <tr>
              <th>
                <span className="lb-hidden">value</span>
              </th>
              {runs.map(({ summary }, at) => (
                <th key={summary.id} scope="col">
                  <label title={`${notebookTitle(summary.notebook)}, run ${summary.id}`}>
                    <input
                      type="checkbox"
                      checked={chosen.includes(summary.id)}
                      onChange={() => onToggle(summary.id)}
                    />{" "}
                    {at + 1} · {summary.id.slice(-6)}
                  </label>
                  <div className="lb-small">
                    <RelativeTime at={summary.startedAt} />
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.kind} ${row.name}`} row={row} ids={runs.map(({ summary }) => summary.id)} />
            ))}
          </tbody>
        </table>
      </Scrolled>
    </Section>
  );
}

function Row(props: { row: ValueRow; ids: readonly string[] }): ReactNode {
  const { ids } = props;
  const { kind, name, values, reasons } = props.row;
  const best = bestOf(props.row);
  return (
    <tr>
      <th
        scope="row"
        title={
          kind === "parameter" ? "a parameter of the notebook" : kind === "model" ? "of the last model" : name
        }
      >
        {kind === "metric" ? metricTitle(name) : name}
      </th>
      {values.map((recorded, at) => {
        const reason = reasons[at] ?? null;
        if (recorded === null)
          return (
            <td key={ids[at]} className="lb-none">
              none
            </td>
          );
        const { value } = recorded;
        const text =
          kind === "metric" && typeof value === "number" ? metricValue(value) : recordedText(null, recorded);
        return (
          <td
            key={ids[at]}
            className={typeof value === "number" ? "lb-number" : undefined}
            title={reason ?? undefined}
          >
            {reason !== null ? (
              <>
                <s className="lb-muted">{text}</s>
                <div className="lb-compare-reason">not comparable: {reason}</div>
              </>
            ) : at === best ? (
              <strong>{text}</strong>
            ) : (
              text
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** The column of the best score; −1 where no direction is known, or two are equal. */
function bestOf({ kind, direction, values, reasons }: ValueRow): number {
  if (kind !== "metric" || direction === "unknown") return -1;
  const sign = direction === "lower" ? -1 : 1;
  const ranked = values.flatMap((recorded, at) =>
    typeof recorded?.value === "number" && reasons[at] === null ? [{ at, value: sign * recorded.value }] : [],
  );
  const [first, second] = ranked.sort((a, b) => b.value - a.value);
  return first !== undefined && second !== undefined && first.value > second.value ? first.at : -1;
}

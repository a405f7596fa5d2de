import { type ReactNode, useId, useState } from "react";
import { countText } from "../kit/quantity.ts";
import { orderText } from "./sort-runs.ts";

/** What the list is narrowed to and sorted by; the question mark shows what may be typed. */
export function RunTools(props: {
  filter: string;
  onFilter: (filter: string) => void;
  metrics: readonly string[];
  metric: string | null;
  onMetric: (metric: string | null) => void;
  shown: number;
  total: number;
}): ReactNode {
  const { filter, onFilter, metrics, metric, onMetric, shown, total } = props;
  const [helps, setHelps] = useState(false);
  const help = useId();
  const add = (clause: string) => onFilter(filter.trim() === "" ? clause : `${filter.trim()} ${clause}`);
  return (
    <search className="lb-runs-filter">
      <div className="lb-runs-tools">
        <input
          className="lb-input"
          type="search"
          aria-label="Filter runs"
          placeholder="Filter: auc > 0.7, weather, live"
          value={filter}
          onChange={(event) => onFilter(event.target.value)}
        />
        <button
          type="button"
          className="lb-button lb-quiet"
          aria-expanded={helps}
          aria-controls={help}
          title="What may be typed"
          onClick={() => setHelps(!helps)}
        >
          ?
        </button>
      </div>
      <div className="lb-runs-sort lb-muted">
        {metrics.length > 0 ? (
          <label>
            Sort{" "}
            <select
              className="lb-input"
              value={metric ?? ""}
              onChange={(event) => onMetric(event.target.value === "" ? null : event.target.value)}
            >
              <option value="">{orderText(null)}</option>
              {metrics.map((name) => (
                <option key={name} value={name}>
                  {orderText(name)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <span className="lb-runs-count" role="status">
          {shown === total ? countText(total, "run") : `${shown} of ${countText(total, "run")}`}
        </span>
      </div>
      {helps ? (
        <dl id={help} className="lb-runs-help">
          {EXAMPLES.map(([clause, says]) => (
            <div key={clause}>
              <dt>
                <button type="button" className="lb-link lb-mono" onClick={() => add(clause)}>
                  {clause}
                </button>
              </dt>
              <dd className="lb-muted">{says}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </search>
  );
}

const EXAMPLES: readonly (readonly [clause: string, says: string])[] = [
  ["auc > 0.7", "a metric; also cells, seconds, leaks"],
  ["is:starred", "or official, live, leaky, failed, honest"],
  ["tag:baseline", "or name:, note:, author:, notebook:"],
  ["data:weather", "a file it read or wrote; model: its model"],
  ["after:2026-11-01", "or before:, by day"],
  ["-is:leaky", "a minus leaves out"],
];

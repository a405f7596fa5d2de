import type { MetricComparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { changeTone, metricChange, metricTitle, metricValue } from "../../kit/metric.ts";
import { Section } from "../section.tsx";

/** Scores between 0 and 1 that moved, on one scale: grey is left, blue is right. The table beside it says the same in figures. */
export function ScoreMoves(props: { metrics: readonly MetricComparison[] }): ReactNode {
  const moves = props.metrics.flatMap(({ name, left, right, change, direction }) => {
    const [from, to] = [Number(left?.value), Number(right?.value)];
    const isShare = [from, to].every((value) => value >= 0 && value <= 1);
    return change !== null && change !== 0 && isShare ? [{ name, from, to, change, direction }] : [];
  });
  if (moves.length < 2) return null;
  const ends = moves.flatMap(({ from, to }) => [from, to]);
  const low = Math.max(0, Math.min(...ends) - 0.02);
  const high = Math.min(1, Math.max(...ends) + 0.02);
  const place = (value: number) => `${((value - low) / (high - low)) * 100}%`;
  return (
    <Section title="Where the scores moved">
      <ul className="lb-moves">
        {moves.map(({ name, from, to, change, direction }, at) => {
          const tone = changeTone(direction, change);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes, and may hold a name twice
            <li key={at}>
              <span className="lb-ellipsis" title={name}>
                {metricTitle(name)}
              </span>
              <span className={`lb-move ${tone}`} aria-hidden="true">
                <span
                  className="lb-move-way"
                  style={{
                    left: place(Math.min(from, to)),
                    width: `${(Math.abs(to - from) / (high - low)) * 100}%`,
                  }}
                />
                <span className="lb-side-dot lb-left" style={{ left: place(from) }} />
                <span className="lb-side-dot lb-right" style={{ left: place(to) }} />
              </span>
              <span className={`lb-number ${tone}`}>{metricChange(change)}</span>
            </li>
          );
        })}
        <li className="lb-muted lb-moves-scale" aria-hidden="true">
          <span />
          <span>
            <span>{metricValue(low)}</span>
            <span>{metricValue(high)}</span>
          </span>
          <span />
        </li>
      </ul>
    </Section>
  );
}

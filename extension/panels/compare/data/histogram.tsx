import type { ReactNode } from "react";
import { type Drift, driftWords } from "./drift.ts";

/** How a column spreads on both sides, bar beside bar: grey is left, blue is right. */
export function Histogram(props: { drift: Drift }): ReactNode {
  const { name, bars, distance } = props.drift;
  const words = driftWords(distance);
  const figure = distance.toLocaleString(undefined, { maximumFractionDigits: 3 });
  const most = Math.max(...bars.flatMap(({ left, right }) => [left, right]), Number.MIN_VALUE);
  const step = WIDTH / bars.length;
  const bar = (share: number) => (share / most) * HEIGHT;
  return (
    <figure className="lb-histogram">
      <figcaption className="lb-small">
        <strong>{name}</strong>{" "}
        <span
          className="lb-muted"
          title="Total variation distance: the share of rows that would have to move."
        >
          {words}, {figure}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 1}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name} ${words}: total variation distance ${figure}`}
      >
        {bars.map(({ label, left, right }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have a place and nothing else
          <g key={at}>
            <title>{`${label === null ? "" : `${label}: `}${percent(left)} left, ${percent(right)} right`}</title>
            <rect
              x={at * step + step * 0.08}
              y={HEIGHT - bar(left)}
              width={step * 0.42}
              height={bar(left)}
              className="lb-bar-left"
            />
            <rect
              x={at * step + step * 0.5}
              y={HEIGHT - bar(right)}
              width={step * 0.42}
              height={bar(right)}
              className="lb-bar-right"
            />
          </g>
        ))}
        <path d={`M0 ${HEIGHT + 0.5}H${WIDTH}`} className="lb-bar-ground" />
      </svg>
    </figure>
  );
}

const WIDTH = 330;
const HEIGHT = 54;

function percent(share: number): string {
  return `${(share * 100).toLocaleString(undefined, { maximumFractionDigits: 1 })} %`;
}

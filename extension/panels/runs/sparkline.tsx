import type { ReactNode } from "react";
import { metricValue } from "../kit/metric.ts";

/** A metric over its comparable runs, oldest left. One run is a dot; the words beside it say the same without the picture. */
export function Sparkline(props: {
  title: string;
  points: readonly { id: string; value: number }[];
  selected: string | null;
}): ReactNode {
  const shown = props.points.slice(-MOST);
  const place = placer(shown.map((point) => point.value));
  const path = shown.map((point, at) => `${at === 0 ? "M" : "L"}${place(at, point.value)}`).join("");
  const last = shown.at(-1);
  const marked = shown.findIndex((point) => point.id === props.selected);
  const at = marked >= 0 ? marked : shown.length - 1;
  const point = shown[at];
  const [x, y] = point ? place(at, point.value).split(" ") : ["0", "0"];
  return (
    <svg
      className="lb-sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${props.title}: ${props.points.length} comparable runs, last ${last ? metricValue(last.value) : "none"}`}
    >
      <path
        d={path}
        fill="none"
        stroke="var(--lb-known)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
      {/* A line of no length with round caps stays a circle however wide the picture is stretched. */}
      {shown.length <= 40
        ? shown.map((each, index) => (
            <path
              key={each.id}
              d={`M${place(index, each.value)}h0`}
              className="lb-sparkline-dot"
              vectorEffect="non-scaling-stroke"
            />
          ))
        : null}
      <path d={`M${x} ${y}h0`} className="lb-sparkline-dot lb-last" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

const MOST = 100;
const WIDTH = 240;
const HEIGHT = 40;
const EDGE = 5;

function placer(values: readonly number[]): (at: number, value: number) => string {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const step = values.length > 1 ? (WIDTH - 2 * EDGE) / (values.length - 1) : 0;
  return (at, value) => {
    const x = values.length > 1 ? EDGE + at * step : WIDTH / 2;
    const y = HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - 2 * EDGE);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
}

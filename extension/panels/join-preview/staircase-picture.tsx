import { type ReactNode, useRef } from "react";
import { useWidth } from "../kit/use-width.ts";
import { cellText } from "./cell-text.ts";
import { momentText } from "./time-text.ts";
import type { Why } from "./use-why.ts";

const height = 130;
const left = 44;

/** The feature of this entity over time: dotted as it was, stepped as it could be served, and the moments of prediction below. */
export function StaircasePicture({ why }: { why: Why }): ReactNode {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder, 400);
  const points = why.history.flatMap(({ eventTime, availableAt, value }) =>
    typeof value === "number" ? [{ eventTime, availableAt, value }] : [],
  );
  if (points.length < 2) return null;
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (time: number) => left + ((time - why.from) / (why.to - why.from)) * (width - left - 6);
  const y = (value: number) => 8 + (1 - (value - low) / Math.max(1e-9, high - low)) * (height - 16);
  const clip = (time: number) => Math.max(left, Math.min(x(time), width - 6));
  const was = points.map((point) => `${x(point.eventTime)},${y(point.value)}`).join(" ");
  const served = newestOnArrival(points)
    .map(
      ({ availableAt, value }, index) =>
        `${index === 0 ? "M" : "H"}${clip(availableAt)} ${index === 0 ? y(value) : `V${y(value)}`}`,
    )
    .join("");
  const moment = Number(why.row.spine_time);
  const ticks = high > low ? [low, (low + high) / 2, high] : [low];
  return (
    <div className="lb-join-picture" ref={holder}>
      <svg
        width={width}
        height={height + 46}
        role="img"
        aria-label={`${why.feature.name} as it was and as it was served`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={left} x2={width - 6} y1={y(tick)} y2={y(tick)} className="lb-join-grid" />
            <text x={left - 8} y={y(tick) + 4} textAnchor="end" className="lb-join-text">
              {cellText(Math.round(tick * 100) / 100)}
            </text>
          </g>
        ))}
        <polyline points={was} className="lb-join-was" />
        <path d={`${served}H${width - 6}`} className="lb-join-served" />
        <line x1={x(moment)} x2={x(moment)} y1={0} y2={height + 10} className="lb-join-moment" />
        {why.labels.map(({ time, leaked }) => (
          <path
            key={time}
            d={`M${x(time)} ${height + 6}l4 4l-4 4l-4 -4z`}
            className={leaked ? "lb-join-leaking" : "lb-join-diamond"}
          />
        ))}
        <text x={left} y={height + 30} className="lb-join-text">
          {momentText(why.from)}
        </text>
        <text x={width - 6} y={height + 30} textAnchor="end" className="lb-join-text">
          {momentText(why.to)}
        </text>
        <text x={left} y={height + 44} className="lb-join-text">
          <tspan className="lb-join-text-served">— served</tspan> ┄ as it was ◆ rows,{" "}
          <tspan className="lb-join-text-future">◆ leaking when joined naively</tspan>
        </text>
      </svg>
    </div>
  );
}

/** Of rows in event order those that are the newest known when they arrive: one that arrives late never replaces a newer one. */
function newestOnArrival<P extends { readonly eventTime: number; readonly availableAt: number | null }>(
  points: readonly P[],
): (P & { readonly availableAt: number })[] {
  const arriving = points.filter(
    (point): point is P & { readonly availableAt: number } => point.availableAt !== null,
  );
  let newest = Number.NEGATIVE_INFINITY;
  return [...arriving]
    .sort((a, b) => a.availableAt - b.availableAt || a.eventTime - b.eventTime)
    .filter(({ eventTime }) => {
      const isNewest = eventTime >= newest;
      newest = Math.max(newest, eventTime);
      return isNewest;
    });
}

import type { ReactNode } from "react";
import { Section } from "../section.tsx";
import type { Axis } from "./axes.ts";
import type { PlotProps } from "./scatter-plot.tsx";

/** A line a run across all that differs. Lines are reached by Tab and chosen by Enter or Space; a gap is a value that is not there. */
export function ParallelPlot(props: PlotProps): ReactNode {
  const { runs, chosen, onToggle } = props;
  const axes = props.axes.slice(-MOST);
  const left = (at: number) => EDGE + (at / (axes.length - 1)) * (WIDTH - 2 * EDGE);
  const top = (place: number) => 34 + (1 - place) * (HEIGHT - 34 - 30);
  return (
    <Section
      title="All that differs"
      aside={axes.length < props.axes.length ? `the last ${MOST} of ${props.axes.length} rows` : null}
    >
      <figure>
        <svg className="lb-plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
          <title>All that differs, a line a run</title>
          {axes.map(({ key, title, ends }, at) => (
            <g key={key}>
              <path d={`M${left(at)} 30V${HEIGHT - 26}`} className="lb-plot-frame" />
              <text x={left(at)} y={14} textAnchor="middle" className={at % 2 ? "lb-plot-low" : undefined}>
                <title>{title}</title>
                {cut(title)}
              </text>
              <text x={left(at)} y={27} textAnchor="middle" className="lb-plot-end">
                {cut(ends[1])}
              </text>
              <text x={left(at)} y={HEIGHT - 10} textAnchor="middle" className="lb-plot-end">
                {cut(ends[0])}
              </text>
            </g>
          ))}
          {runs.map(({ summary }, run) => {
            const isChosen = chosen.includes(summary.id);
            const words = axes.map(({ title, texts }) => `${title} ${texts[run]}`).join(", ");
            return (
              // biome-ignore lint/a11y/useSemanticElements: a picture has no buttons of its own
              <g
                key={summary.id}
                role="button"
                tabIndex={0}
                aria-pressed={isChosen}
                aria-label={`Run ${run + 1}: ${words}`}
                className={isChosen ? "lb-plot-line lb-chosen" : "lb-plot-line"}
                onClick={() => onToggle(summary.id)}
                onKeyDown={(event) => {
                  if (event.key !== "Enter" && event.key !== " ") return;
                  event.preventDefault();
                  onToggle(summary.id);
                }}
              >
                <title>{`Run ${run + 1}: ${words}`}</title>
                <path d={wayOf(axes, run, left, top)} />
                {axes.map(({ key, places }, at) => {
                  const place = places[run] ?? null;
                  return place === null ? null : <circle key={key} cx={left(at)} cy={top(place)} r="3" />;
                })}
              </g>
            );
          })}
        </svg>
      </figure>
    </Section>
  );
}

const MOST = 8;
const WIDTH = 520;
const HEIGHT = 260;
const EDGE = 46;

function wayOf(
  axes: readonly Axis[],
  run: number,
  left: (at: number) => number,
  top: (place: number) => number,
): string {
  let isDown = false;
  return axes
    .map(({ places }, at) => {
      const place = places[run] ?? null;
      const step = place === null ? "" : `${isDown ? "L" : "M"}${left(at)} ${top(place)}`;
      isDown = place !== null;
      return step;
    })
    .join("");
}

function cut(text: string): string {
  return text.length > 14 ? `${text.slice(0, 13)}…` : text;
}

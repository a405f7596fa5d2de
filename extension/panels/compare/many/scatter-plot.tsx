import type { Comparison } from "@lookback/protocol/compare.ts";
import { type ReactNode, useState } from "react";
import { Section } from "../section.tsx";
import type { Axis } from "./axes.ts";

export interface PlotProps {
  readonly runs: Comparison["runs"];
  readonly axes: readonly Axis[];
  readonly chosen: readonly string[];
  readonly onToggle: (id: string) => void;
}

/** A figure against another, a dot a run. Dots are reached by Tab and chosen by Enter or Space. */
export function ScatterPlot(props: PlotProps): ReactNode {
  const { runs, axes, chosen, onToggle } = props;
  const [x, setX] = useState(axes[0]!.key);
  const [y, setY] = useState((axes.findLast(({ isMetric }) => isMetric) ?? axes.at(-1)!).key);
  const across = axes.find(({ key }) => key === x) ?? axes[0]!;
  const up = axes.find(({ key }) => key === y) ?? axes.at(-1)!;
  const left = (place: number) => EDGE + place * (WIDTH - EDGE - 16);
  const top = (place: number) => 14 + (1 - place) * (HEIGHT - 14 - 34);
  return (
    <Section title="One against another">
      <div className="lb-plot-axes">
        <AxisChooser label="across" axes={axes} chosen={across.key} onChoose={setX} />
        <AxisChooser label="up" axes={axes} chosen={up.key} onChoose={setY} />
      </div>
      <figure>
        <svg className="lb-plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
          <title>{`${up.title} against ${across.title}`}</title>
          <path d={`M${EDGE - 8} 8V${HEIGHT - 26}H${WIDTH - 8}`} className="lb-plot-frame" />
          <text x={EDGE - 12} y={top(0) + 4} textAnchor="end">
            {up.ends[0]}
          </text>
          <text x={EDGE - 12} y={top(1) + 4} textAnchor="end">
            {up.ends[1]}
          </text>
          <text x={left(0)} y={HEIGHT - 10}>
            {across.ends[0]}
          </text>
          <text x={left(1)} y={HEIGHT - 10} textAnchor="end">
            {across.ends[1]}
          </text>
          {runs.map(({ summary }, at) => {
            const [h, v] = [across.places[at] ?? null, up.places[at] ?? null];
            if (h === null || v === null) return null;
            const isChosen = chosen.includes(summary.id);
            return (
              // biome-ignore lint/a11y/useSemanticElements: a picture has no buttons of its own
              <g
                key={summary.id}
                role="button"
                tabIndex={0}
                aria-pressed={isChosen}
                aria-label={`Run ${at + 1}: ${across.title} ${across.texts[at]}, ${up.title} ${up.texts[at]}`}
                className={isChosen ? "lb-plot-dot lb-chosen" : "lb-plot-dot"}
                onClick={() => onToggle(summary.id)}
                onKeyDown={(event) => {
                  if (event.key !== "Enter" && event.key !== " ") return;
                  event.preventDefault();
                  onToggle(summary.id);
                }}
              >
                <title>{`Run ${at + 1}: ${across.title} ${across.texts[at]}, ${up.title} ${up.texts[at]}`}</title>
                <circle cx={left(h)} cy={top(v)} r="6" />
                <text x={left(h) + 9} y={top(v) - 6}>
                  {at + 1}
                </text>
              </g>
            );
          })}
        </svg>
      </figure>
    </Section>
  );
}

const WIDTH = 520;
const HEIGHT = 260;
const EDGE = 64;

function AxisChooser(props: {
  label: string;
  axes: readonly Axis[];
  chosen: string;
  onChoose: (key: string) => void;
}): ReactNode {
  return (
    <label className="lb-muted">
      {props.label}{" "}
      <select
        className="lb-input"
        value={props.chosen}
        onChange={(event) => props.onChoose(event.target.value)}
      >
        {props.axes.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

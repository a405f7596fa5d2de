import { type ReactNode, useRef } from "react";
import { useWidth } from "../kit/use-width.ts";
import { cellText } from "./cell-text.ts";
import { clockText } from "./time-text.ts";
import type { Candidate, Why } from "./use-why.ts";

const rowHeight = 22;
const top = 22;

/** Each candidate from its observation to its arrival, and the moment of prediction as a line none may cross. The table below says the same in text. */
export function TimelinePicture({ why }: { why: Why }): ReactNode {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder, 400);
  const moment = Number(why.row.spine_time);
  const shown = nearest(why.candidates, moment, 7);
  if (shown.length === 0 || !Number.isFinite(moment)) return null;
  const times = [
    moment,
    ...shown.flatMap((candidate) => [candidate.eventTime, candidate.availableAt ?? moment]),
  ];
  const [low, high] = [Math.min(...times), Math.max(...times)];
  const left = 16 + 7.5 * Math.max(...shown.map((candidate) => valueText(candidate).length));
  const scale = (time: number) => left + ((time - low) / Math.max(1, high - low)) * (width - left - 16);
  const bottom = top + shown.length * rowHeight;
  const at = scale(moment);
  return (
    <div className="lb-join-picture" ref={holder}>
      <svg width={width} height={bottom + 46} role="img" aria-label="Candidates from observation to arrival">
        <rect x={at} y={4} width={Math.max(0, width - at)} height={bottom - 4} className="lb-join-unknown" />
        <text x={Math.min(at + 6, width - 80)} y={16} className="lb-join-text-future">
          not known yet
        </text>
        {shown.map((candidate, index) => (
          <Line
            key={candidate.id}
            candidate={candidate}
            y={top + (index + 0.5) * rowHeight}
            scale={scale}
            never={width}
          />
        ))}
        <line x1={at} x2={at} y1={0} y2={bottom + 6} className="lb-join-moment" />
        <path d={`M${at} ${bottom + 2}l5 5l-5 5l-5 -5z`} className="lb-join-diamond" />
        <text x={clampText(at, width)} y={bottom + 26} textAnchor="middle" className="lb-join-text-strong">
          {clockText(moment)} predicted
        </text>
        <text x={width / 2} y={bottom + 42} textAnchor="middle" className="lb-join-text">
          ● observed ┤ available ◇ refused
        </text>
      </svg>
    </div>
  );
}

function Line(props: {
  candidate: Candidate;
  y: number;
  scale: (time: number) => number;
  never: number;
}): ReactNode {
  const { candidate, y, scale, never } = props;
  const from = scale(candidate.eventTime);
  const to = candidate.availableAt === null ? never : scale(candidate.availableAt);
  return (
    <g className={`lb-join-line lb-join-${candidate.verdict}`}>
      <line x1={from} x2={to} y1={y} y2={y} />
      {to > from ? <line x1={to} x2={to} y1={y - 5} y2={y + 5} className="lb-join-tick" /> : null}
      {candidate.verdict === "future" ? (
        <path d={`M${from} ${y - 5}l5 5l-5 5l-5 -5z`} />
      ) : (
        <circle cx={from} cy={y} r={5} />
      )}
      <text x={from - 9} y={y + 4} textAnchor="end">
        {valueText(candidate)}
      </text>
      <title>
        {`observed ${clockText(candidate.eventTime)}, available ${candidate.availableAt === null ? "never" : clockText(candidate.availableAt)}: ${candidate.verdict}`}
      </title>
    </g>
  );
}

/** The value, cut where it would take the picture's room. */
function valueText({ value }: Candidate): string {
  const text = cellText(value) ?? "none";
  return text.length > 12 ? `${text.slice(0, 11)}…` : text;
}

/** Oldest first, those around the moment. */
function nearest(candidates: readonly Candidate[], moment: number, count: number): Candidate[] {
  return candidates
    .filter((candidate) => candidate.verdict !== "expired")
    .sort((a, b) => Math.abs(a.eventTime - moment) - Math.abs(b.eventTime - moment))
    .slice(0, count)
    .sort((a, b) => a.eventTime - b.eventTime);
}

function clampText(x: number, width: number): number {
  return Math.max(50, Math.min(x, width - 50));
}

import type { HonestReport } from "@lookback/protocol/honest.ts";
import { type ReactNode, useMemo, useRef } from "react";
import { useWidth } from "../kit/use-width.ts";
import { type BillFigures, bestKnown, changeText, figureText, partNames, toneOf } from "./bill-words.ts";
import { type Bar, waterfall } from "./waterfall-bars.ts";

/** What a score is made of, as a picture, and as a table for whoever does not see it. */
export function Waterfall(props: { report: HonestReport; figures: BillFigures }): ReactNode {
  const { report, figures } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 800);
  const name = report.score?.name ?? "";
  const { bars, floor, floorName, least, most } = useMemo(() => waterfall(name, figures), [name, figures]);
  // What the floor is called stands before the first bar, or, where there is no room for that, below.
  const isNarrow = (width - nameOfFloor) / bars.length < 60;
  const gutter = floorName === "" || isNarrow ? 0 : nameOfFloor;
  const slot = (width - gutter) / bars.length;
  const span = most - least || 1;
  const y = (level: number) => top + ((most - level) / span) * (height - top - bottom);
  const names = useMemo(() => partNames(report.parts), [report]);
  const titles = bars.map((bar) => titleOf(bar, report, names));
  const values = bars.map(({ kind, part, to }) =>
    kind === "share" && part !== null
      ? changeText(figures.shares[part] ?? 0, figures.digits)
      : figureText(to, figures.digits, true),
  );
  return (
    <div ref={box} className="lb-waterfall">
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {bars.map((bar, at) => {
          const from = y(bar.from);
          const to = y(bar.to);
          const upper = Math.min(from, to);
          const left = gutter + slot * at + slot * 0.14;
          return (
            <g key={`${bar.kind} ${bar.part}`} data-kind={bar.kind} data-tone={toneIn(bar, name)}>
              <title>{`${titles[at]}: ${values[at]}`}</title>
              {at === 0 ? null : (
                <line
                  className="lb-waterfall-step"
                  x1={left - slot * 0.28}
                  x2={left}
                  y1={y(bars[at - 1]!.to)}
                  y2={y(bars[at - 1]!.to)}
                />
              )}
              <rect
                x={left}
                y={upper}
                width={slot * 0.72}
                height={Math.max(1.5, Math.abs(from - to))}
                rx={2}
              />
              {slot < widthOfValue ? null : (
                <text className="lb-waterfall-value" x={left + slot * 0.36} y={upper - 7}>
                  {values[at]}
                </text>
              )}
              <text className="lb-waterfall-name" x={left + slot * 0.36} y={height - 8}>
                {shortened(titles[at] ?? "", slot * 0.98)}
              </text>
            </g>
          );
        })}
        <line className="lb-waterfall-floor" x1={0} x2={width} y1={y(floor)} y2={y(floor)} />
        {gutter === 0 ? null : (
          <text className="lb-waterfall-chance" x={0} y={y(floor) - 4}>
            {floorName}
          </text>
        )}
      </svg>
      {floorName !== "" && gutter === 0 ? (
        <p className="lb-muted lb-small">The bars stand on {floorName}.</p>
      ) : null}
      <table className="lb-hidden">
        <caption>What the score is made of</caption>
        <tbody>
          {bars.map((bar, at) => (
            <tr key={`${bar.kind} ${bar.part}`}>
              <th scope="row">{titles[at]}</th>
              <td>{values[at]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const nameOfFloor = 58;
const widthOfValue = 44;
const height = 168;
const top = 22;
const bottom = 26;

function titleOf({ kind, part }: Bar, report: HonestReport, names: readonly string[]): string {
  if (kind === "as-written") return "as written";
  return kind === "fixed" ? bestKnown(report).label : (names[part ?? 0] ?? "");
}

function toneIn({ kind, from, to }: Bar, name: string): string {
  return kind === "share" ? toneOf(name, from - to) : kind;
}

/** As much as fits: letters of this size are 6 pixels wide on average. */
function shortened(text: string, width: number): string {
  const most = Math.floor(width / 6.2);
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

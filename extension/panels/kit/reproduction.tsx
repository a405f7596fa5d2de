import type { Reproduction } from "@lookback/protocol/reproduce.ts";
import type { ReactNode } from "react";
import { FailureNotice } from "./failure-notice.tsx";
import { Pill } from "./pill.tsx";
import { countText } from "./quantity.ts";
import type { Reproducing } from "./use-reproduction.ts";
import "./reproduction.css";

/** How a reproduction goes on, and its verdict with what it rests on one click away. Nothing before one was asked for. */
export function ReproductionNote(props: { reproducing: Reproducing }): ReactNode {
  const { step, found, failure, start, cancel } = props.reproducing;
  if (step !== null)
    return (
      <div className="lb-reproduction" role="status">
        <p>
          <span className="lb-spinner" aria-hidden="true" />
          Reproducing: {step}
          <button type="button" className="lb-link" onClick={cancel}>
            Cancel
          </button>
        </p>
      </div>
    );
  if (failure !== null) return <FailureNotice failure={failure} onRetry={start} />;
  if (found === null) return null;
  const details = detailsOf(found);
  const isSame = found.verdict === "identical" || found.verdict === "statistically the same";
  return (
    <section className="lb-reproduction" aria-label="Reproduction" data-verdict={found.verdict}>
      <p role="status">
        <Pill kind={isSame ? "better" : "late"}>{isSame ? "reproduced" : "not reproduced"}</Pill>
        <strong className="lb-wrap">{found.sentence}</strong>
      </p>
      {details.length === 0 ? null : (
        <details open={!isSame}>
          <summary className="lb-muted">{countText(details.length, "detail")}</summary>
          <ul>
            {details.map((line) => (
              <li key={line} className="lb-wrap">
                {line}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function detailsOf({ differences, notCompared, scores, remarks }: Reproduction): string[] {
  const inCell = (cell: number | null) => (cell === null ? "" : `Cell ${cell}: `);
  return [
    ...new Set([
      ...differences.map(
        ({ cell, what, isChance }) => `${inCell(cell)}${what}${isChance ? " (may be chance)" : ""}`,
      ),
      ...notCompared.map(({ what, reason }) => `Not compared: ${what}, ${reason}`),
      ...scores
        .filter(({ test, outcome }) => test !== null && outcome !== "different")
        .map(
          ({ name, cell, recorded, again, outcome, test }) =>
            `${inCell(cell)}${name} ${recorded} then, ${again} now: ${outcome} (${test})`,
        ),
      ...remarks,
    ]),
  ];
}

import type { HonestReport } from "@lookback/protocol/honest.ts";
import type { ReactNode } from "react";
import { countText } from "../kit/quantity.ts";
import { WithCode } from "../kit/with-code.tsx";

/** What the linter did not read of the notebook, the lines one click away. */
export function NotRead(props: { report: HonestReport }): ReactNode {
  const { coverage, notRead, remarks, parts, unfixed, gone, apart } = props.report;
  const { gaps, cells } = coverage;
  const isClean = [parts, unfixed, gone, apart].every(({ length }) => length === 0);
  const rest = isClean ? "No leak found is said of the rest." : "The leaks are of the rest.";
  return (
    <section className="lb-card lb-honest-card">
      <h2 className="lb-heading">What was not read</h2>
      {notRead === null ? (
        <p className="lb-muted">
          {cells.total === 1 ? "The 1 cell was read." : `All ${countText(cells.total, "cell")} were read.`}
        </p>
      ) : (
        <p>
          <span className="lb-honest-amber" aria-hidden="true">
            ◐
          </span>{" "}
          {notRead}. {rest}
        </p>
      )}
      {remarks.map((remark) => (
        <p key={remark} className="lb-wrap">
          {remark}
        </p>
      ))}
      {gaps.length === 0 ? null : (
        <details>
          <summary>Show the lines</summary>
          <ul className="lb-honest-gaps">
            {gaps.map((gap) => (
              <li key={`${gap.code} ${gap.cellId} ${gap.line} ${gap.reason}`}>
                <WithCode text={`${gap.reason} ${gap.means} ${gap.advice}`} />
                {gap.line === null ? null : <span className="lb-muted lb-small"> line {gap.line}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

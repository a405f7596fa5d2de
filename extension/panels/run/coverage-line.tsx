import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import { WithCode } from "../kit/with-code.tsx";
import { cellName } from "./run-words.ts";

/** What the linter did not read of the notebook as it ran: one quiet line, the lines themselves one click away. Nothing when it read all. */
export function CoverageLine(props: { trust: Run["trust"]; cells: Run["cells"] }): ReactNode {
  const { trust, cells } = props;
  if (trust === null) return null;
  if (trust.coverage === undefined) {
    return (
      <Quiet isAmber>How much of this notebook was read is not known: the run is older than that.</Quiet>
    );
  }
  const { said, gaps } = trust.coverage;
  if (gaps.length === 0) return null;
  const indexOf = new Map(cells.map((cell) => [cell.cellId, cell.index]));
  const rest =
    trust.findings.length === 0 ? "No leak found is said of the rest." : "The findings are of the rest.";
  return (
    <details className="lb-run-section lb-run-coverage">
      <summary>
        <Quiet isAmber={said !== null}>
          {said === null
            ? "All cells were read; some things are not known from the text."
            : `${said}. ${rest}`}
        </Quiet>
      </summary>
      <ul className="lb-run-notes">
        {gaps.map((gap) => (
          <li key={`${gap.code} ${gap.cellId} ${gap.line} ${gap.reason}`} data-code={gap.code}>
            <span className="lb-run-note-mark" aria-hidden="true">
              ◐
            </span>
            <span>
              <WithCode text={`${gap.reason} ${gap.means} ${gap.advice}`} />{" "}
              {gap.cellId === null ? null : (
                <span className="lb-muted lb-finding-where">
                  {cellName(indexOf.get(gap.cellId) ?? null)}
                  {gap.line === null ? "" : `, line ${gap.line}`}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Quiet(props: { isAmber?: boolean; children: ReactNode }): ReactNode {
  return (
    <span className="lb-muted lb-run-quiet">
      {props.isAmber ? (
        <span className="lb-run-note-mark" aria-hidden="true">
          ◐
        </span>
      ) : null}
      {props.children}
    </span>
  );
}

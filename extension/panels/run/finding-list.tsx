import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import { WithCode } from "../kit/with-code.tsx";
import { cellName } from "./run-words.ts";

/** What the leakage linter said of the notebook as it ran; nothing when it found nothing. */
export function FindingList(props: { trust: Run["trust"]; cells: Run["cells"] }): ReactNode {
  const findings = props.trust?.findings ?? [];
  if (findings.length === 0) return null;
  const indexOf = new Map(props.cells.map((cell) => [cell.cellId, cell.index]));
  return (
    <section className="lb-run-section" aria-label="Findings">
      <ul className="lb-findings">
        {findings.map((finding) => (
          <li key={`${finding.rule} ${finding.cellId} ${finding.line}`} data-severity={finding.severity}>
            <span className="lb-finding-mark" aria-hidden="true">
              ◇
            </span>
            <span>
              <WithCode text={finding.message} />{" "}
              <span className="lb-muted lb-finding-where">
                {cellName(indexOf.get(finding.cellId) ?? null)}, line {finding.line}
              </span>
            </span>
            <code className="lb-mono lb-muted">{finding.rule}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

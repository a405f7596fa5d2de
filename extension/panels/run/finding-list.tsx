import { reachText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import type { Run, ShownRun } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import { metricTitle } from "../kit/metric.ts";
import { WithCode } from "../kit/with-code.tsx";
import { cellName } from "./run-words.ts";

/** What the leakage linter said of the notebook as it ran, and whether the headline score rests on it; nothing when it found nothing. */
export function FindingList(props: {
  trust: Run["trust"];
  cells: Run["cells"];
  headline: ShownRun["headline"];
}): ReactNode {
  const findings = props.trust?.findings ?? [];
  if (findings.length === 0) return null;
  const score = metricTitle(props.headline?.name ?? "");
  const indexOf = new Map(props.cells.map((cell) => [cell.cellId, cell.index]));
  return (
    <section className="lb-run-section" aria-label="Findings">
      <ul className="lb-findings">
        {findings.map((finding) => {
          const reach = reachText(finding, score, props.headline?.cellId ?? null);
          return (
            <li key={`${finding.rule} ${finding.cellId} ${finding.line}`} data-severity={finding.severity}>
              <span className="lb-finding-mark" aria-hidden="true">
                ◇
              </span>
              <span>
                <WithCode text={finding.message} />{" "}
                <span className="lb-muted lb-finding-where">
                  {cellName(indexOf.get(finding.cellId) ?? null)}, line {finding.line}
                  {reach === null ? "" : ` · ${reach}`}
                </span>
              </span>
              <code className="lb-mono lb-muted">{finding.rule}</code>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

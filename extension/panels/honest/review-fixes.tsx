import type { BilledPart, HonestReport } from "@lookback/protocol/honest.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { countText } from "../kit/quantity.ts";
import { CellChanges } from "./cell-changes.tsx";
import type { Honest } from "./use-honest.ts";

/** What all fixes together change, before any of it is written: for fixes that change more than the leak. */
export function ReviewFixes(props: { host: Host; report: HonestReport; honest: Honest }): ReactNode {
  const { host, report, honest } = props;
  return (
    <section className="lb-card lb-honest-review" aria-label="What the fixes change">
      <p>
        {report.parts.every(changesMore) ? "These change" : "Some of these change"} more than the leak: look
        at all of it before you take it.
      </p>
      <CellChanges host={host} changes={report.changes} />
      <div className="lb-honest-take">
        <button type="button" className="lb-button lb-primary" onClick={honest.apply}>
          Change {countText(report.changes.length, "cell")}
        </button>
        <button type="button" className="lb-button lb-quiet" onClick={honest.review}>
          Leave it
        </button>
      </div>
    </section>
  );
}

/** Whether a fix of this part changes more than the leak. */
export function changesMore({ findings }: BilledPart): boolean {
  return findings.some(({ fix: { kind } }) => kind === "suggestion");
}

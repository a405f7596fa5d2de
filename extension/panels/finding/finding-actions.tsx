import { failureText } from "@lookback/protocol/failures.ts";
import type { SaidFindings, ShownFinding, ShownFix } from "@lookback/protocol/findings.ts";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";
import { FailureNotice } from "../kit/failure-notice.tsx";
import type { CellNames } from "../kit/places.ts";
import { useAnswer } from "../kit/use-answer.ts";
import { useSettled } from "../kit/use-settled.ts";
import { WithCode } from "../kit/with-code.tsx";
import { AllowForm } from "./allow-form.tsx";
import { FixPreview } from "./fix-preview.tsx";

/** What can be done about a finding. Which fixes hold is tried once it is shown, and again when the text has come to rest; one that changes more than the leak is looked at first. */
export function FindingActions(props: {
  host: Host;
  uri: string;
  finding: ShownFinding;
  said: SaidFindings;
  names: CellNames;
}): ReactNode {
  const { host, uri, finding, said, names } = props;
  // The text that the fixes were tried on is part of the question: another text, another answer.
  const settled = useSettled(said, REST_MS);
  const { offers, failure, asking, again } = useOffers(host, uri, finding.id, settled);
  const [open, setOpen] = useState<string | null>(null);
  const fixes = offers?.fixes ?? [];
  const shown = fixes.find(({ title }) => title === open);
  const take = (fix: ShownFix) => {
    setOpen(null);
    host.change(fix.title, fix.changes, false).catch((error: unknown) => {
      host.notify("warning", failureText(error));
      again();
    });
  };
  const isTried = offers !== null && !asking;
  return (
    <section aria-label="What can be done" className="lb-explain-doing">
      {failure ? <FailureNotice failure={failure} onRetry={again} /> : null}
      <div className="lb-explain-actions" aria-busy={asking}>
        {fixes.map((fix, at) => (
          <button
            key={fix.title}
            type="button"
            className={at === 0 ? "lb-button lb-primary" : "lb-button"}
            aria-expanded={fix.kind === "suggestion" ? fix.title === open : undefined}
            title={fix.kind === "suggestion" ? "Changes more than the leak: it is shown first" : undefined}
            onClick={() =>
              fix.kind === "automatic" ? take(fix) : setOpen(fix.title === open ? null : fix.title)
            }
          >
            {fix.title}
            {fix.kind === "suggestion" ? "…" : ""}
          </button>
        ))}
        {isTried && offers.whyNoFix !== null ? (
          <span className="lb-muted">
            <WithCode text={offers.whyNoFix} />
          </span>
        ) : null}
        {offers === null && failure === null ? (
          <span className="lb-muted lb-explain-trying" role="status">
            <span className="lb-spinner" aria-hidden="true" />
            Trying which fixes hold
          </span>
        ) : null}
        {offers?.measure ? (
          <button
            type="button"
            className="lb-button lb-quiet"
            title={`${offers.measure.asks} Counted in the notebook's kernel.`}
            onClick={() => offers.measure && host.measure(offers.measure)}
          >
            Measure it
          </button>
        ) : null}
        {offers === null || offers.allowances.length === 0 ? null : (
          <button
            type="button"
            className="lb-button lb-quiet"
            aria-expanded={open === ALLOW}
            onClick={() => setOpen(open === ALLOW ? null : ALLOW)}
          >
            Allow here…
          </button>
        )}
      </div>
      {shown === undefined ? null : (
        <FixPreview
          host={host}
          fix={shown}
          names={names}
          onTake={() => take(shown)}
          onLeave={() => setOpen(null)}
        />
      )}
      {open === ALLOW && offers !== null ? (
        <AllowForm
          host={host}
          rule={finding.rule}
          allowances={offers.allowances}
          onDone={() => setOpen(null)}
        />
      ) : null}
    </section>
  );
}

/** No fix is called so. */
const ALLOW = "allow";

/** Long enough that nobody is still typing. */
const REST_MS = 700;

function useOffers(host: Host, uri: string, finding: string, text: SaidFindings) {
  const { answer, failure, asking, again } = useAnswer(host, "lookback/findings/offers", { uri, finding });
  const tried = useRef(text);
  useEffect(() => {
    if (tried.current === text) return;
    tried.current = text;
    again();
  }, [text, again]);
  return { offers: answer?.offers ?? null, failure, asking, again };
}

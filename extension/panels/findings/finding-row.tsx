import { failureText } from "@lookback/protocol/failures.ts";
import type { FindingOffers, OfferedFindings, ShownFinding } from "@lookback/protocol/findings.ts";
import { type ReactNode, useState } from "react";
import type { Host } from "../../host.ts";
import { allowed } from "../kit/allow-finding.ts";
import { allowQuestion } from "../kit/allow-question.ts";
import { type CellNames, goTo, whereText } from "../kit/places.ts";
import { WithCode } from "../kit/with-code.tsx";
import type { Grouping } from "./group-findings.ts";

/** One finding in the list: a click goes to it; below, what can be done. The fixes are tried when somebody asks for one. */
export function FindingRow(props: {
  host: Host;
  uri: string;
  finding: ShownFinding;
  names: CellNames;
  by: Grouping;
  offered: OfferedFindings | null;
}): ReactNode {
  const { host, uri, finding, names, by, offered } = props;
  const { id, rule, title, message, severity, isLeak, at } = finding;
  const [trying, setTrying] = useState(false);
  // As it stood when every fix was tried, and none held.
  const [unfixed, setUnfixed] = useState<ShownFinding | null>(null);
  const canFix = unfixed !== finding && offered?.fixes.includes(id);
  const canAllow = offered?.allowances.includes(id);
  const withOffers = async (work: (offers: FindingOffers) => Promise<void>) => {
    setTrying(true);
    try {
      const { offers } = await host.request("lookback/findings/offers", { uri, finding: id });
      if (offers !== null) await work(offers);
    } catch (error) {
      host.notify("warning", failureText(error));
    } finally {
      setTrying(false);
    }
  };
  const fix = () =>
    withOffers(async ({ fixes: [best], whyNoFix }) => {
      if (best === undefined) {
        setUnfixed(finding);
        host.notify("info", `${whyNoFix} What to do instead is in its explanation.`);
      } else await host.change(best.title, best.changes, best.kind === "suggestion");
    });
  const allow = () =>
    withOffers(async ({ allowances: [here] }) => {
      if (here === undefined) return;
      const question = allowQuestion(rule);
      const reason = (await host.ask(question.title, "", question.placeholder))?.trim() ?? "";
      if (reason !== "") await host.change(here.title, [allowed(here, reason)], false);
    });
  return (
    <li className="lb-leaks-row" data-severity={severity} data-rule={rule}>
      <button type="button" className="lb-leaks-go" title="Go to it" onClick={() => goTo(host, at)}>
        <span className="lb-leaks-mark" aria-hidden="true">
          {isLeak ? "◇" : "○"}
        </span>
        <span className="lb-hidden">{severity}: </span>
        <span>
          {by === "cell" ? (
            <b>
              <WithCode text={title} />
            </b>
          ) : (
            <WithCode text={message === "" ? title : message} />
          )}
        </span>
      </button>
      <div className="lb-leaks-acts lb-small" aria-busy={trying}>
        <span className="lb-muted">
          {by === "cell" ? `line ${at.range.start.line + 1}` : whereText(at, names)}
        </span>
        {isLeak ? (
          <>
            <button
              type="button"
              className="lb-link"
              onClick={() => host.openPanel("finding", { uri, finding: id, rule })}
            >
              Explain
            </button>
            {canFix ? (
              <button type="button" className="lb-link" disabled={trying} onClick={fix}>
                {trying ? "Trying…" : "Fix"}
              </button>
            ) : null}
            {canAllow ? (
              <button type="button" className="lb-link" disabled={trying} onClick={allow}>
                Allow…
              </button>
            ) : null}
          </>
        ) : null}
      </div>
    </li>
  );
}

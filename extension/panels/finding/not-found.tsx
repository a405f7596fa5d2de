import type { SaidFindings, ShownFinding } from "@lookback/protocol/findings.ts";
import type { ReactNode } from "react";
import type { Host, PanelParams } from "../../host.ts";
import { findFinding, leaksOf } from "../kit/find-finding.ts";
import { type CellNames, goTo, whereText } from "../kit/places.ts";
import { countText } from "../kit/quantity.ts";
import { UnreadLines } from "../kit/unread-lines.tsx";
import { WithCode } from "../kit/with-code.tsx";

/** A finding that is not found any more: whether a comment allows it, and which other to go on with. `last` is how it looked. */
export function NotFound(props: {
  host: Host;
  said: SaidFindings;
  names: CellNames;
  params: PanelParams["finding"];
  last: ShownFinding | null;
}): ReactNode {
  const { host, said, names, params, last } = props;
  const allowed = findFinding(said.allowed, params.finding);
  const others = leaksOf(said);
  const [next] = others;
  return (
    <article>
      <header className="lb-explain-head" data-severity="information">
        <span className="lb-explain-mark" aria-hidden="true">
          ◇
        </span>
        <h1 className="lb-title" role="status">
          {allowed ? "Allowed by a comment" : "Not found any more"}
        </h1>
        <span className="lb-explain-rule lb-mono">{params.rule}</span>
      </header>
      <p>
        {last === null ? null : (
          <>
            <WithCode text={`${last.title}.`} />{" "}
          </>
        )}
        {allowed ? (
          <>
            It stands in{" "}
            <button type="button" className="lb-link" onClick={() => goTo(host, allowed.at)}>
              {whereText(allowed.at, names)}
            </button>
            , and does not count.
          </>
        ) : (
          "What was read does not show it. Undo in the notebook brings back what was there."
        )}
      </p>
      {next === undefined ? null : (
        <p className="lb-explain-actions">
          <button
            type="button"
            className="lb-button"
            onClick={() => host.openPanel("finding", { uri: said.uri, finding: next.id, rule: next.rule })}
          >
            Explain the next
          </button>
          <span className="lb-muted">{countText(others.length, "leak")} left</span>
        </p>
      )}
      <footer>
        <UnreadLines host={host} coverage={said.coverage} names={names} />
      </footer>
    </article>
  );
}

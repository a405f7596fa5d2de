import type { SaidFindings, ShownFinding } from "@lookback/protocol/findings.ts";
import { type ReactNode, useRef } from "react";
import type { Host, Mount, PanelParams } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { findFinding } from "../kit/find-finding.ts";
import { type CellNames, goTo, whereText } from "../kit/places.ts";
import { UnreadLines } from "../kit/unread-lines.tsx";
import { useFindings } from "../kit/use-findings.ts";
import { Waiting } from "../kit/waiting.tsx";
import { WithCode } from "../kit/with-code.tsx";
import { FindingActions } from "./finding-actions.tsx";
import { LeakPath } from "./leak-path.tsx";
import { NotFound } from "./not-found.tsx";
import "./finding.css";

/** One finding: the fault in plain words, its way to the score, what instead, and what can be done about it here. */
export const mountFinding: Mount<"finding"> = (element, host, params) =>
  draw(element, <Finding host={host} params={params} />);

function Finding(props: { host: Host; params: PanelParams["finding"] }): ReactNode {
  const { host, params } = props;
  const { said, names, failure, again } = useFindings(host, params.uri);
  const last = useRef<ShownFinding | null>(null);
  const found = said ? (findFinding(said.findings, params.finding) ?? null) : null;
  if (found !== null) last.current = found;
  return (
    <main className="lb-panel lb-explain">
      {failure ? <FailureNotice failure={failure} onRetry={again} /> : null}
      {said === undefined && failure === null ? <Waiting>Reading the notebook</Waiting> : null}
      {said === null ? (
        <EmptyState
          title="The notebook of this finding is not open."
          action="Open it: the finding appears here again."
        />
      ) : null}
      {said && found === null ? (
        <NotFound host={host} said={said} names={names} params={params} last={last.current} />
      ) : null}
      {said && found !== null ? <Found host={host} said={said} names={names} finding={found} /> : null}
    </main>
  );
}

function Found(props: {
  host: Host;
  said: SaidFindings;
  names: CellNames;
  finding: ShownFinding;
}): ReactNode {
  const { host, said, names, finding } = props;
  const { title, rule, message, why, instead, severity, path, measured } = finding;
  const place = (
    <button type="button" className="lb-link" onClick={() => goTo(host, finding.at)}>
      {whereText(finding.at, names)}
    </button>
  );
  return (
    <article>
      <header className="lb-explain-head" data-severity={severity}>
        <span className="lb-explain-mark" aria-hidden="true">
          ◇
        </span>
        <h1 className="lb-title">
          <WithCode text={title} />
        </h1>
        <span className="lb-explain-rule">
          <button
            type="button"
            className="lb-link lb-mono"
            title={`What ${rule} looks for, and why`}
            onClick={() => host.openRulePage(rule)}
          >
            {rule}
          </button>
          {severity === "information" ? " · only said, does not count" : null}
        </span>
      </header>
      <p>
        <WithCode text={`${message} ${why}`} />
      </p>
      {measured === null ? null : (
        <p>
          <b>Measured:</b> <WithCode text={measured.says} />
        </p>
      )}
      {path.length > 1 ? <LeakPath host={host} path={path} names={names} /> : <p>It stands in {place}.</p>}
      {path.length > 1 && !path.some(({ role }) => role === "evaluate") ? (
        <p className="lb-muted lb-small">No score that rests on it was found in what was read.</p>
      ) : null}
      {instead === "" ? null : (
        <p>
          <b>Instead:</b> <WithCode text={instead} />
        </p>
      )}
      <FindingActions
        key={finding.id}
        host={host}
        uri={said.uri}
        finding={finding}
        said={said}
        names={names}
      />
      <footer>
        <UnreadLines host={host} coverage={said.coverage} names={names} />
      </footer>
    </article>
  );
}

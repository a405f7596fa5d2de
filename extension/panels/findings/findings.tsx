import { failureText } from "@lookback/protocol/failures.ts";
import type { SaidFindings } from "@lookback/protocol/findings.ts";
import { type ReactNode, useEffect, useState } from "react";
import type { Host, Mount, NotebookInFront } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { type CellNames, goTo, whereText } from "../kit/places.ts";
import { countText } from "../kit/quantity.ts";
import { UnreadLines } from "../kit/unread-lines.tsx";
import { useFindings } from "../kit/use-findings.ts";
import { Waiting } from "../kit/waiting.tsx";
import { FindingRow } from "./finding-row.tsx";
import { type Grouping, groupFindings } from "./group-findings.ts";
import { useOffered } from "./use-offered.ts";
import { verdictOf } from "./verdict.ts";
import "./findings.css";

/** What is found in the notebook in front: by cell or by rule, each with what can be done, and what of it was not read. */
export const mountFindings: Mount<"findings"> = (element, host) => draw(element, <Findings host={host} />);

function Findings(props: { host: Host }): ReactNode {
  const { host } = props;
  const [{ uri, showsFindings }, setFront] = useState<NotebookInFront>({ uri: null, showsFindings: true });
  useEffect(() => host.followNotebook?.(setFront), [host]);
  return (
    <main className="lb-panel lb-leaks">
      {!showsFindings ? (
        <EmptyState
          title="Leakage findings are turned off in Lookback's settings."
          action="Nothing is said of this notebook."
        />
      ) : uri === null ? (
        <EmptyState
          title="No notebook is in front."
          action="Open one: what it knows too early is listed here."
        />
      ) : (
        <OfNotebook key={uri} host={host} uri={uri} />
      )}
    </main>
  );
}

function OfNotebook(props: { host: Host; uri: string }): ReactNode {
  const { host, uri } = props;
  const { said, names, failure, again } = useFindings(host, uri);
  if (!said)
    return failure ? (
      <FailureNotice failure={failure} onRetry={again} />
    ) : (
      <Waiting>Reading the notebook</Waiting>
    );
  return (
    <>
      {failure ? <FailureNotice failure={failure} onRetry={again} /> : null}
      <Said host={host} said={said} names={names} />
    </>
  );
}

function Said(props: { host: Host; said: SaidFindings; names: CellNames }): ReactNode {
  const { host, said, names } = props;
  const [by, setBy] = useState<Grouping>("cell");
  const [filter, setFilter] = useState("");
  const [most, setMost] = useState(FIRST);
  const offered = useOffered(host, said);
  const groups = groupFindings(said.findings.slice(0, most), { by, filter, names });
  return (
    <>
      <header className="lb-leaks-head">
        <h1 role="status">{verdictOf(said)}</h1>
        {said.leftOut.map((sentence) => (
          <p key={sentence} className="lb-small">
            <span className="lb-unread-mark" aria-hidden="true">
              ◐
            </span>
            {sentence}
          </p>
        ))}
        <UnreadLines host={host} coverage={said.coverage} names={names} />
        <Allowed host={host} allowed={said.allowed} names={names} />
      </header>
      {said.findings.length === 0 ? null : (
        <search className="lb-leaks-tools">
          <input
            className="lb-input"
            type="search"
            aria-label="Filter findings"
            placeholder="Filter: column, rule, [5]"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          <fieldset className="lb-leaks-by">
            <legend className="lb-hidden">Group by</legend>
            {(["cell", "rule"] as const).map((one) => (
              <button
                key={one}
                type="button"
                className="lb-button lb-quiet"
                aria-pressed={by === one}
                onClick={() => setBy(one)}
              >
                By {one}
              </button>
            ))}
          </fieldset>
          {offered?.isAnySafe ? <FixAll host={host} uri={said.uri} /> : null}
        </search>
      )}
      {groups.map(({ key, title, rule, findings }) => (
        <section key={key} className="lb-leaks-group" aria-label={title}>
          <h2>
            {title}
            {rule === null ? null : (
              <button
                type="button"
                className="lb-link lb-mono"
                title={`What ${rule} looks for, and why`}
                onClick={() => host.openRulePage(rule)}
              >
                {rule}
              </button>
            )}
            <span className="lb-muted lb-leaks-count">{findings.length}</span>
          </h2>
          <ul>
            {findings.map((finding) => (
              <FindingRow
                key={finding.id}
                host={host}
                uri={said.uri}
                finding={finding}
                names={names}
                by={by}
                offered={offered}
              />
            ))}
          </ul>
        </section>
      ))}
      {said.findings.length > 0 && groups.length === 0 ? (
        <EmptyState title="No finding says that." action="Take a word out of the filter." />
      ) : null}
      {said.findings.length > most ? (
        <p className="lb-leaks-more">
          <button type="button" className="lb-link" onClick={() => setMost(most * 10)}>
            and {(said.findings.length - most).toLocaleString()} more
          </button>
        </p>
      ) : null}
    </>
  );
}

const FIRST = 200;

/** What comments allow: said, one click away, and not counted. */
function Allowed(props: { host: Host; allowed: SaidFindings["allowed"]; names: CellNames }): ReactNode {
  const { host, allowed, names } = props;
  if (allowed.length === 0) return null;
  return (
    <details className="lb-unread lb-small">
      <summary className="lb-muted">
        {countText(allowed.length, "finding")} {allowed.length === 1 ? "is" : "are"} allowed by a comment.
      </summary>
      <ul>
        {allowed.map(({ id, rule, at }) => (
          <li key={id}>
            <code className="lb-mono">{rule}</code>{" "}
            <button type="button" className="lb-link" onClick={() => goTo(host, at)}>
              {whereText(at, names)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function FixAll(props: { host: Host; uri: string }): ReactNode {
  const { host, uri } = props;
  const [trying, setTrying] = useState(false);
  const fix = async () => {
    setTrying(true);
    try {
      const { changes } = await host.request("lookback/findings/fix-all", { uri });
      if (changes.length > 0) await host.change("Fix All Safe", changes, false);
      else host.notify("info", "There is nothing here that can be fixed without a look at it.");
    } catch (error) {
      host.notify("warning", failureText(error));
    } finally {
      setTrying(false);
    }
  };
  return (
    <button
      type="button"
      className="lb-button"
      disabled={trying}
      title="Make every fix that changes nothing but its leak"
      onClick={fix}
    >
      {trying ? "Trying the fixes" : "Fix all safe"}
    </button>
  );
}

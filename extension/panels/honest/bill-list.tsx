import type { BilledPart, HonestReport, SaidFinding } from "@lookback/protocol/honest.ts";
import { type ReactNode, useId, useState } from "react";
import type { Host } from "../../host.ts";
import { WithCode } from "../kit/with-code.tsx";
import { againstText, type BillFigures, figureText, toneOf } from "./bill-words.ts";
import { CellChanges } from "./cell-changes.tsx";
import { explainLeak } from "./explain-leak.ts";
import { changesMore } from "./review-fixes.tsx";

/** Each leak with its share, its fix and its reason; those that no fix removes, and those that go by the fixes of others, below. */
export function BillList(props: {
  host: Host;
  uri: string | null;
  report: HonestReport;
  figures: BillFigures | null;
}): ReactNode {
  const { host, uri, report, figures } = props;
  const { parts, unfixed, gone, mentions } = report;
  return (
    <ul className="lb-card lb-honest-list" aria-label="Leaks">
      {parts.map((part, at) => (
        <PartRow
          key={part.findings.map(({ rule, cellId, line }) => `${rule} ${cellId} ${line}`).join()}
          host={host}
          uri={uri}
          part={part}
          name={report.score?.name ?? ""}
          share={figures?.shares[at] ?? null}
          digits={figures?.digits ?? 4}
        />
      ))}
      {unfixed.map((finding) => (
        <Other
          key={keyOf(finding)}
          host={host}
          uri={uri}
          finding={finding}
          says={
            finding.reaches === null && report.score !== null
              ? "no fix holds; whether the score rests on it is not known"
              : "no fix holds: it is in both scores"
          }
        />
      ))}
      {gone.map((finding) => (
        <Other
          key={keyOf(finding)}
          host={host}
          uri={uri}
          finding={finding}
          says="gone by the fixes of others"
        />
      ))}
      {mentions.map((finding) => (
        <Other
          key={`left ${keyOf(finding)}`}
          host={host}
          uri={null}
          finding={finding}
          says="left of a fixed leak, as information"
        />
      ))}
    </ul>
  );
}

/** Leaks of the notebook that the score does not rest on. */
export function ApartList(props: { host: Host; uri: string | null; report: HonestReport }): ReactNode {
  const { host, uri, report } = props;
  return (
    <ul className="lb-card lb-honest-list" aria-label="Leaks elsewhere">
      {report.apart.map((finding) => (
        <Other key={keyOf(finding)} host={host} uri={uri} finding={finding} says="not part of this score" />
      ))}
    </ul>
  );
}

function keyOf({ rule, cellId, line }: SaidFinding): string {
  return `${rule} ${cellId} ${line}`;
}

function PartRow(props: {
  host: Host;
  uri: string | null;
  part: BilledPart;
  name: string;
  share: number | null;
  digits: number;
}): ReactNode {
  const { host, uri, part, name, share, digits } = props;
  const [isOpen, setOpen] = useState(false);
  const fix = useId();
  const [first, ...more] = part.findings;
  if (first === undefined) return null;
  const tone = share === null ? "nothing" : toneOf(name, share);
  const against = againstText(name, share);
  return (
    <li data-tone={tone}>
      <div className="lb-honest-row">
        <span className="lb-honest-mark" aria-hidden="true">
          {tone === "flattered" ? "◇" : "○"}
        </span>
        <strong className="lb-honest-title">{first.title}</strong>
        <span className="lb-honest-says">
          <WithCode text={first.message} />{" "}
          <span className="lb-muted">
            <code className="lb-mono">{first.rule}</code> · cell {first.cell}
            {more.length === 0
              ? ""
              : `; with it ${more.map(({ rule, cell }) => `${rule} in cell ${cell}`).join(", ")}`}
          </span>
        </span>
        <span className="lb-honest-share">
          {share === null ? (
            <span className="lb-none" title="Too little ran: see below.">
              not known
            </span>
          ) : (
            <strong>{figureText(share, digits, true)}</strong>
          )}
          {part.error === null ? null : (
            <span className="lb-muted"> ±{figureText(part.error, digits, true)}</span>
          )}
          {against === null ? null : <span className="lb-muted lb-small"> {against}</span>}
          {part.isWithinChance ? <span className="lb-muted lb-small"> within chance</span> : null}
        </span>
        <span className="lb-honest-do">
          <button
            type="button"
            className="lb-button"
            aria-expanded={isOpen}
            aria-controls={fix}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? "Hide the fix" : "See the fix"}
          </button>
          <Why host={host} uri={uri} finding={first} />
        </span>
      </div>
      <div id={fix} hidden={!isOpen} className="lb-honest-fix">
        {isOpen ? (
          <>
            <p>
              {[...new Set(part.findings.map(({ fix: { title } }) => title))].join("; ")}
              {changesMore(part) ? <span className="lb-muted"> · changes more than the leak</span> : null}
            </p>
            {part.changes === null ? (
              <p className="lb-muted">It holds only after the others: what all change together says it.</p>
            ) : (
              <CellChanges host={host} changes={part.changes} />
            )}
          </>
        ) : null}
      </div>
    </li>
  );
}

function Other(props: { host: Host; uri: string | null; finding: SaidFinding; says: string }): ReactNode {
  const { host, uri, finding, says } = props;
  return (
    <li data-tone="nothing">
      <div className="lb-honest-row">
        <span className="lb-honest-mark" aria-hidden="true">
          ◇
        </span>
        <strong className="lb-honest-title">{finding.title}</strong>
        <span className="lb-honest-says">
          <WithCode text={finding.message} />{" "}
          <span className="lb-muted">
            <code className="lb-mono">{finding.rule}</code> · cell {finding.cell}
          </span>
        </span>
        <span className="lb-honest-share lb-muted">{says}</span>
        <span className="lb-honest-do">
          <Why host={host} uri={uri} finding={finding} />
        </span>
      </div>
    </li>
  );
}

function Why(props: { host: Host; uri: string | null; finding: SaidFinding }): ReactNode {
  const { host, uri, finding } = props;
  return (
    <button
      type="button"
      className="lb-button lb-quiet"
      title="Why this is a leak, and its way to the score"
      onClick={() => void explainLeak(host, uri, finding)}
    >
      Why
    </button>
  );
}

import type { ReactNode } from "react";
import { Pill } from "../kit/pill.tsx";
import { cellText } from "./cell-text.ts";
import { ageText, clockText, fullMomentText } from "./time-text.ts";
import type { Candidate, Why } from "./use-why.ts";

/** The feature rows around the moment, newest first, each with its verdict. */
export function CandidatesTable({ why }: { why: Why }): ReactNode {
  const moment = Number(why.row.spine_time);
  return (
    <table className="lb-table lb-join-candidates">
      <thead>
        <tr>
          <th scope="col">observed</th>
          <th scope="col">available</th>
          <th scope="col" className="lb-number">
            {why.feature.name}
          </th>
          <th scope="col">
            <span className="lb-hidden">verdict</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {why.candidates.map((candidate) => (
          <tr key={candidate.id} aria-selected={candidate.verdict === "picked"}>
            <td title={fullMomentText(candidate.eventTime)}>{clockText(candidate.eventTime)}</td>
            {candidate.availableAt === null ? (
              <td title="Its created time is missing.">never</td>
            ) : (
              <td title={fullMomentText(candidate.availableAt)}>{clockText(candidate.availableAt)}</td>
            )}
            <td className="lb-number">
              {cellText(candidate.value) ?? <span className="lb-none">none</span>}
            </td>
            <td>
              <Verdict candidate={candidate} moment={moment} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Verdict({ candidate, moment }: { candidate: Candidate; moment: number }): ReactNode {
  const naive = candidate.naive ? " · naive uses this" : "";
  switch (candidate.verdict) {
    case "picked":
      return (
        <Pill kind="known" mark="●">
          picked · {ageText(moment - candidate.eventTime)} old
        </Pill>
      );
    case "in-window":
      return (
        <Pill kind="known" mark="●">
          in the window
        </Pill>
      );
    case "not-arrived":
      return (
        <Pill kind="late" mark="◐">
          observed, not arrived{naive}
        </Pill>
      );
    case "future":
      return (
        <Pill kind="future" mark="◇">
          future{naive}
        </Pill>
      );
    case "expired":
      return <span className="lb-muted">expired{naive}</span>;
    default:
      return <span className="lb-muted">older{naive}</span>;
  }
}

import type { SaidFindings } from "@lookback/protocol/findings.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { type CellNames, goTo, whereText } from "./places.ts";
import { WithCode } from "./with-code.tsx";
import "./unread-lines.css";

/** What of a notebook the answer does not speak of: one quiet line, the places one click away. */
export function UnreadLines(props: {
  host: Host;
  coverage: SaidFindings["coverage"];
  names: CellNames;
}): ReactNode {
  const { host, coverage, names } = props;
  const { said, gaps, cells } = coverage;
  if (gaps.length === 0)
    return (
      <p className="lb-muted lb-small">
        {cells === 1 ? "All of it was read." : `All ${cells} cells were read.`}
      </p>
    );
  const mark = said === null ? null : <span className="lb-unread-mark">◐</span>;
  return (
    <details className="lb-unread lb-small">
      <summary className="lb-muted">
        {mark}
        {said === null ? "All cells were read; some things are not known from the text." : `${said}.`}
      </summary>
      <ul>
        {gaps.map((gap) => (
          <li key={`${gap.code} ${gap.at?.uri} ${gap.at?.range.start.line} ${gap.reason}`}>
            <WithCode text={`${gap.reason} ${gap.means} ${gap.advice}`} />{" "}
            {gap.at === null ? null : <PlaceLink host={host} at={gap.at} names={names} />}
          </li>
        ))}
      </ul>
    </details>
  );
}

function PlaceLink(props: {
  host: Host;
  at: NonNullable<SaidFindings["coverage"]["gaps"][number]["at"]>;
  names: CellNames;
}): ReactNode {
  const { host, at, names } = props;
  return (
    <button type="button" className="lb-link" onClick={() => goTo(host, at)}>
      {whereText(at, names)}
    </button>
  );
}

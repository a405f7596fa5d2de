import type { Comparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { RelativeTime, relativeTime } from "../../kit/relative-time.tsx";

/** The heads of the columns left and right: when each ran, and where that is said alike of both, which run it is. */
export function SideHeads(props: { runs: Comparison["runs"]; isNumber?: boolean }): ReactNode {
  const now = new Date();
  const times = new Set(props.runs.map(({ summary }) => relativeTime(new Date(summary.startedAt), now)));
  return props.runs.map(({ summary }, at) => (
    <th key={summary.id} scope="col" className={props.isNumber ? "lb-number" : undefined}>
      <span className={`lb-side-dot ${at === 0 ? "lb-left" : "lb-right"}`} aria-hidden="true" />
      <span className="lb-hidden">{at === 0 ? "left: " : "right: "}</span>
      <RelativeTime at={summary.startedAt} />
      {times.size < props.runs.length ? (
        <span className="lb-muted">
          {" · "}
          {summary.id.slice(-6)}
        </span>
      ) : null}
    </th>
  ));
}

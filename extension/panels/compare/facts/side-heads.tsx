import type { Comparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { RelativeTime } from "../../kit/relative-time.tsx";

/** The heads of the columns left and right: when each ran. */
export function SideHeads(props: { runs: Comparison["runs"]; isNumber?: boolean }): ReactNode {
  return props.runs.map(({ summary }, at) => (
    <th key={summary.id} scope="col" className={props.isNumber ? "lb-number" : undefined}>
      <span className={`lb-side-dot ${at === 0 ? "lb-left" : "lb-right"}`} aria-hidden="true" />
      <span className="lb-hidden">{at === 0 ? "left: " : "right: "}</span>
      <RelativeTime at={summary.startedAt} />
    </th>
  ));
}

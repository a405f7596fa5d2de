import type { Comparison, Fact } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { recordedText } from "./recorded-text.ts";
import { SideHeads } from "./side-heads.tsx";

/** Facts of two runs beside each other; what differs stands out. */
export function FactTable(props: {
  runs: Comparison["runs"];
  title: string;
  facts: readonly Fact[];
}): ReactNode {
  if (props.facts.length === 0) return null;
  return (
    <table className="lb-table lb-fact-table">
      <thead>
        <tr>
          <th className="lb-muted">{props.title}</th>
          <SideHeads runs={props.runs} />
        </tr>
      </thead>
      <tbody>
        {props.facts.map((fact) => (
          <tr key={fact.name} data-state={fact.state}>
            <th scope="row" className="lb-wrap">
              {factTitle(fact.name)}
            </th>
            <td className="lb-wrap">
              <Value fact={fact} side="left" />
            </td>
            <td className="lb-wrap">
              <Value fact={fact} side="right" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value(props: { fact: Fact; side: "left" | "right" }): ReactNode {
  const { fact, side } = props;
  const recorded = fact[side];
  if (recorded === null)
    return fact.state === "unknown" ? (
      <span className="lb-none" title="It was not recorded.">
        not known
      </span>
    ) : (
      <span className="lb-none">none</span>
    );
  const text = recordedText(fact.name, recorded);
  const isNew = side === "right" && fact.state !== "same" && fact.state !== "unknown";
  return <span className={isNew ? "lb-strong-text" : undefined}>{text}</span>;
}

/** A field as people say it: `durationMs` is `duration`. */
function factTitle(name: string): string {
  return TITLES[name] ?? name;
}

const TITLES: Readonly<Record<string, string>> = {
  durationMs: "fit",
  bytes: "fitted size",
  sha256: "fitted bytes",
  digest: "fitted on",
  width: "columns",
  innerFits: "inner fits",
  bestScore: "best score",
  memoryBytes: "memory",
  gpus: "GPUs",
  processors: "processor cores",
  variables: "environment variables",
  python: "Python",
};

import type { Comparison, Fact } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { recordedText } from "./recorded-text.ts";
import { SideHeads } from "./side-heads.tsx";

/** Facts of two runs beside each other; what differs stands out. */
export function FactTable(props: {
  runs: Comparison["runs"];
  title: string;
  /** Fields that we named. */
  facts?: readonly Fact[];
  /** What other people named: parameters, packages. Their names are shown as they are. */
  named?: readonly Fact[];
}): ReactNode {
  const { facts = [], named = [] } = props;
  if (facts.length + named.length === 0) return null;
  return (
    <table className="lb-table lb-fact-table">
      <thead>
        <tr>
          <th className="lb-muted">{props.title}</th>
          <SideHeads runs={props.runs} />
        </tr>
      </thead>
      <tbody>
        {facts.map((fact) => (
          <Row key={`field ${fact.name}`} fact={fact} field={fact.name} />
        ))}
        {named.map((fact) => (
          <Row key={`named ${fact.name}`} fact={fact} field={null} />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: { fact: Fact; field: string | null }): ReactNode {
  const { fact, field } = props;
  return (
    <tr data-state={fact.state}>
      <th scope="row" className="lb-wrap">
        {(field === null ? undefined : TITLES[field]) ?? fact.name}
      </th>
      <td className="lb-wrap">
        <Value fact={fact} field={field} side="left" />
      </td>
      <td className="lb-wrap">
        <Value fact={fact} field={field} side="right" />
      </td>
    </tr>
  );
}

function Value(props: { fact: Fact; field: string | null; side: "left" | "right" }): ReactNode {
  const { fact, field, side } = props;
  const recorded = fact[side];
  if (recorded === null)
    return fact.state === "unknown" ? (
      <span className="lb-none" title="It was not recorded.">
        not known
      </span>
    ) : (
      <span className="lb-none">none</span>
    );
  const text = recordedText(field, recorded);
  const isNew = side === "right" && fact.state !== "same" && fact.state !== "unknown";
  return <span className={isNew ? "lb-strong-text" : undefined}>{text}</span>;
}

/** Fields as people say them. */
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

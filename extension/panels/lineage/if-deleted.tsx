import type { LineageGraph, LineageNode, LineageOf } from "@lookback/protocol/lineage.ts";
import type { ReactNode } from "react";
import { countText } from "../kit/quantity.ts";
import { reachedFrom } from "./lay-out.ts";
import { Side } from "./node-list.tsx";

/** What would lose by it: whether it may go at all, and all that rests on it. */
export function IfDeleted(props: {
  of: LineageOf;
  graph: LineageGraph;
  go: (node: LineageNode) => void;
}): ReactNode {
  const { of, graph, go } = props;
  const down = reachedFrom(graph, graph.start, "down");
  const rest = graph.nodes.filter(({ key }) => down.has(key));
  const keys = (test: (node: LineageNode) => boolean) => new Set(rest.filter(test).map(({ key }) => key));
  return (
    <div className="lb-lineage-body">
      {ifDeleted(of, graph, rest).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Side title="Deployments" graph={graph} keys={keys(({ kind }) => kind === "deployment")} go={go} />
      <Side title="Runs" graph={graph} keys={keys(({ kind }) => kind === "run")} go={go} />
      <Side title="Files and models" graph={graph} keys={keys(({ kind }) => kind === "data")} go={go} />
    </div>
  );
}

/** What it would mean, in sentences. */
export function ifDeleted(of: LineageOf, graph: LineageGraph, rest: readonly LineageNode[]): string[] {
  const deployments = rest.filter(({ kind }) => kind === "deployment");
  const kept = new Set(
    graph.edges.flatMap(({ kind, from, to }) =>
      kind === "honest" && graph.start.includes(from) ? [to] : [],
    ),
  );
  const runs = rest.filter((node) => node.kind === "run" && !node.deleted && !kept.has(node.key));
  const unread = graph.isCut ? ["Not all that rests on it was followed: there may be more."] : [];
  if ("path" in of) {
    const start = graph.nodes.filter(({ key }) => graph.start.includes(key));
    const lost = start.filter((node) => node.kind === "data" && !node.stored);
    const said =
      lost.length === 0
        ? "Every version of it that a run used is kept by Lookback: when the file goes from the disk, runs can still be had back with it."
        : `${countText(lost.length, "version")} of it that runs used ${lost.length === 1 ? "is" : "are"} not kept by Lookback: when the file goes, nobody can have ${lost.length === 1 ? "it" : "them"} back.`;
    return [
      said,
      runs.length === 0 ? "No run is known to rest on it." : `${restOn(runs.length)} on it.`,
      ...unread,
    ];
  }
  if (deployments.length > 0)
    return [
      "It cannot be deleted: what a deployment rests or ever rested on stays, so that it can always be explained.",
      ...unread,
    ];
  const honest =
    kept.size === 0
      ? []
      : [
          `${countText(kept.size, "honest score")} that ${kept.size === 1 ? "is" : "are"} kept of it would no longer lead back to it.`,
        ];
  if (runs.length === 0 && kept.size > 0)
    return [...honest, "It can be brought back until its bytes are freed.", ...unread];
  if (runs.length === 0)
    return [
      "Nothing that is recorded would lose by it. It can be brought back until its bytes are freed.",
      ...unread,
    ];
  return [
    `${restOn(runs.length)} on it, and would no longer lead back to where their data comes from. They stay, and so do the bytes they read.`,
    ...honest,
    "It can be brought back until its bytes are freed.",
    ...unread,
  ];
}

function restOn(runs: number): string {
  return `${countText(runs, "run")} ${runs === 1 ? "rests" : "rest"}`;
}

import type { LineageGraph, LineageNode } from "@lookback/protocol/lineage.ts";
import { type ReactNode, useState } from "react";
import { reachedFrom } from "./lay-out.ts";
import { edgeWords, kindWord, nodeDetails, nodeWords } from "./lineage-words.ts";
import { NodeMark } from "./node-mark.tsx";

/** The graph in words: all that it rests on, and all that rests on it, each with what it is linked to. */
export function NodeList(props: {
  graph: LineageGraph;
  isOpen: boolean;
  go: (node: LineageNode) => void;
}): ReactNode {
  const { graph, go } = props;
  const up = reachedFrom(graph, graph.start, "up");
  const down = reachedFrom(graph, graph.start, "down");
  return (
    <details className="lb-lineage-list" open={props.isOpen}>
      <summary>As a list</summary>
      <Side title="It rests on" graph={graph} keys={up} go={go} />
      <Side title="Rests on it" graph={graph} keys={down} go={go} />
    </details>
  );
}

/** The nodes of some keys under a title, each a way there. */
export function Side(props: {
  title: string;
  graph: LineageGraph;
  keys: ReadonlySet<string>;
  go: (node: LineageNode) => void;
}): ReactNode {
  const { title, graph, keys, go } = props;
  const [most, setMost] = useState(FIRST);
  const nodes = graph.nodes.filter(({ key }) => keys.has(key));
  if (nodes.length === 0) return null;
  return (
    <section className="lb-lineage-side">
      <h2 className="lb-heading">{title}</h2>
      <ul>
        {nodes.slice(0, most).map((node) => (
          <Item key={node.key} node={node} graph={graph} go={go} />
        ))}
      </ul>
      {nodes.length > most ? (
        <button type="button" className="lb-link" onClick={() => setMost(most * 10)}>
          and {(nodes.length - most).toLocaleString()} more
        </button>
      ) : null}
    </section>
  );
}

const FIRST = 20;

function Item(props: { node: LineageNode; graph: LineageGraph; go: (node: LineageNode) => void }): ReactNode {
  const { node, graph, go } = props;
  const { title, facts } = nodeWords(node);
  const isDeleted = node.kind === "run" && node.deleted;
  return (
    <li>
      <NodeMark node={node} />
      <span className="lb-hidden">{kindWord(node)} </span>
      {isDeleted ? (
        <span>{title}</span>
      ) : (
        <button type="button" className="lb-link" title={nodeDetails(node)} onClick={() => go(node)}>
          {title}
        </button>
      )}
      <span className="lb-muted">{facts}</span>
      <span className="lb-muted">{linksOf(node, graph)}</span>
    </li>
  );
}

/** How it came to be: by which runs it was written, from what it was read. */
function linksOf(node: LineageNode, { nodes, edges }: LineageGraph): string {
  const links = edges.filter(({ to }) => to === node.key).slice(0, 3);
  return links
    .flatMap((edge) => {
      const from = nodes.find(({ key }) => key === edge.from);
      if (from === undefined) return [];
      const { title, facts } = nodeWords(from);
      if (edge.kind === "read") return [`${edgeWords(edge)}: ${title}`];
      if (edge.kind === "honest") return [`kept as the honest score of ${facts}`];
      if (edge.kind === "kernel") return [`after ${facts} in the same kernel`];
      return [`${edgeWords(edge)} by ${facts}`];
    })
    .join("; ");
}

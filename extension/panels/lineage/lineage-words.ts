import type { LineageEdge, LineageGraph, LineageNode, LineageOf } from "@lookback/protocol/lineage.ts";
import { metricTitle, metricValue } from "../kit/metric.ts";
import { bytesText, countText } from "../kit/quantity.ts";
import { fileTitle, notebookTitle, shortClass } from "../kit/titles.ts";
import { reachedFrom } from "./lay-out.ts";

/** What a node is called, and what stands below it. */
export function nodeWords(node: LineageNode): { readonly title: string; readonly facts: string } {
  switch (node.kind) {
    case "run": {
      const where = `${notebookTitle(node.notebook)} · ${node.id.slice(-6)}`;
      if (node.deleted) return { title: "Deleted run", facts: where };
      if (node.outcome.kind !== "ok")
        return { title: node.outcome.kind === "error" ? "Failed run" : "Interrupted run", facts: where };
      if (node.metric !== null)
        return { title: `${metricTitle(node.metric.name)} ${metricValue(node.metric.value)}`, facts: where };
      return { title: node.model === null ? "Run" : shortClass(node.model), facts: where };
    }
    case "data": {
      const [path = ""] = node.paths;
      const facts = [
        node.sha256 === null ? "bytes not known" : node.sha256.slice(0, 8),
        node.size === null ? null : bytesText(node.size),
        node.sha256 !== null && !node.stored ? "not stored" : null,
      ];
      return { title: fileTitle(path), facts: facts.filter((fact) => fact !== null).join(" · ") };
    }
    case "deployment":
      return {
        title: node.name,
        facts: node.until === null ? "live" : `until ${node.until.slice(0, 10)}`,
      };
  }
}

/** What kind of thing a node is, in a word. */
export function kindWord(node: LineageNode): string {
  if (node.kind === "data") return node.isModel ? "saved model" : "file";
  return node.kind;
}

/** All that is known of a node, a line each. */
export function nodeDetails(node: LineageNode): string {
  const { title, facts } = nodeWords(node);
  const more =
    node.kind === "data"
      ? [...node.paths, ...(node.fromOutside ? ["No recorded run wrote it before it was read."] : [])]
      : node.kind === "run"
        ? [node.notebook, new Date(node.startedAt).toLocaleString()]
        : [];
  return [`${kindWord(node)}: ${title}`, facts, ...more].join("\n");
}

/** How sure an edge is, as it is drawn. */
export function edgeStyle({ kind, by, isLikely }: LineageEdge): "sure" | "unsure" | "kernel" {
  if (kind === "kernel") return "kernel";
  return by === "bytes" && isLikely ? "sure" : "unsure";
}

/** What an edge says: `read`, and what of it is not known. */
export function edgeWords(edge: LineageEdge): string {
  const verb = {
    read: "read",
    wrote: "written",
    deployed: "deployed",
    kernel: "found its variables in the same kernel",
    honest: "kept as its honest score",
  }[edge.kind];
  if (edge.kind === "kernel" || edge.kind === "honest") return verb;
  const doubts = [edge.by === "name" ? "by name only" : null, edge.isLikely ? null : "one of several"];
  return [verb, ...doubts.filter((doubt) => doubt !== null)].join(", ");
}

/** The sentence on top: what was asked for, what it rests on, and what rests on it. */
export function lineageSentence(of: LineageOf, graph: LineageGraph): string {
  const up = reachedFrom(graph, graph.start, "up");
  const down = reachedFrom(graph, graph.start, "down");
  const least = graph.isCut ? "at least " : "";
  const before = counts(graph, up);
  const after = counts(graph, down);
  const isRun = "run" in of;
  const name = isRun ? `Run ${of.run.slice(-6)}` : "path" in of ? fileTitle(of.path) : of.deployment;
  if ("deployment" in of)
    return before === "" ? `${name} rests on nothing that is known` : `${name} rests on ${least}${before}`;
  const rests = before === "" ? "" : `${isRun ? "rests on" : "comes from"} ${least}${before}`;
  const verb = after.startsWith("1 ") && !after.includes(" and ") ? "rests" : "rest";
  const rested = after === "" ? "nothing rests on it" : `${least}${after} ${verb} on it`;
  if (rests === "") return after === "" ? `Nothing is known to rest on ${name}` : `${name}: ${rested}`;
  return `${name} ${rests}; ${rested}`;
}

/** Runs, files, models and deployments among some nodes, in words; empty for none. */
function counts({ nodes }: Pick<LineageGraph, "nodes">, among: ReadonlySet<string>): string {
  const found = nodes.filter(({ key }) => among.has(key));
  const count = (test: (node: LineageNode) => boolean) => found.filter(test).length;
  const parts: [number, string][] = [
    [count((node) => node.kind === "data" && !node.isModel), "file"],
    [count(({ kind }) => kind === "run"), "run"],
    [count((node) => node.kind === "data" && node.isModel), "saved model"],
    [count((node) => node.kind === "deployment" && node.until === null), "deployment"],
    [count((node) => node.kind === "deployment" && node.until !== null), "former deployment"],
  ];
  const said = parts.filter(([many]) => many > 0).map(([many, noun]) => countText(many, noun));
  return said.length < 2 ? said.join("") : `${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}

import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type {
  LineageEdge,
  LineageGraph,
  LineageNode,
} from "@lookback/kernel-bridge/ledger/lineage/lineage-graph.ts";
import type { MetricOrigin } from "@lookback/kernel-bridge/ledger/lineage/origin-of-metric.ts";

/** A graph as trees, one for each way, and what is not known. */
export function sayLineage(
  graph: LineageGraph,
  { up, down }: { readonly up: boolean; readonly down: boolean },
): string {
  const trees = [
    ...(up ? [tree(graph, "up")] : []),
    ...(down ? [tree(graph, "down")] : []),
    ...(graph.isCut ? ["There is more than is shown: ask for one of the runs above.\n"] : []),
    ...(graph.unknown.length === 0
      ? []
      : [`not known\n${graph.unknown.map((line) => `  ${line}\n`).join("")}`]),
  ];
  return trees.join("\n");
}

/** Where a number comes from, inside its run. */
export function sayMetricOrigin(run: Run, { metric, cells, model, datasets, unknown }: MetricOrigin): string {
  const cell = cells.at(-1);
  const place = cell?.index == null ? metric.cellId : `cell ${cell.index + 1}`;
  const lines = [
    `${metric.name} ${metric.value}, computed by ${place} of run ${run.id}`,
    ...(model === null
      ? []
      : [`  model  ${model.variable ?? "(no name)"}  ${[model.className, ...model.steps].join(" > ")}`]),
    ...datasets.map(({ path, sha256 }) => `  read   ${path}  ${sha256?.slice(0, 12) ?? "bytes not known"}`),
    `  after  ${counted(cells.length, "cell")} of that run`,
    ...unknown.map((line) => `  ${line}`),
  ];
  return `${lines.join("\n")}\n\n`;
}

function tree(graph: LineageGraph, way: "up" | "down"): string {
  const nodes = new Map(graph.nodes.map((node) => [node.key, node]));
  const next = new Map<string, LineageEdge[]>();
  for (const edge of graph.edges) {
    const from = way === "up" ? edge.to : edge.from;
    next.set(from, [...(next.get(from) ?? []), edge]);
  }
  const said = new Set<string>();
  const lines: string[] = [way === "up" ? "rests on" : "what rests on it"];
  const branch = (key: string, prefix: string) => {
    if (said.has(key)) return;
    said.add(key);
    const edges = next.get(key) ?? [];
    for (const [at, edge] of edges.entries()) {
      const isLast = at === edges.length - 1;
      const other = way === "up" ? edge.from : edge.to;
      const again = said.has(other) && (next.get(other)?.length ?? 0) > 0 ? "  (see above)" : "";
      lines.push(`${prefix}${isLast ? "└ " : "├ "}${sayEdge(edge, way)}${sayNode(nodes.get(other))}${again}`);
      if (edge.isLikely) branch(other, `${prefix}${isLast ? "  " : "│ "}`);
    }
  };
  for (const key of graph.start) {
    lines.push(`  ${sayNode(nodes.get(key))}`);
    branch(key, "  ");
  }
  return `${lines.join("\n")}\n`;
}

function sayEdge({ kind, by, isLikely }: LineageEdge, way: "up" | "down"): string {
  const words = {
    read: way === "up" ? "read " : "read by ",
    wrote: way === "up" ? "written by " : "wrote ",
    deployed: "deployed as ",
    kernel: way === "up" ? "found the variables of " : "left its variables to ",
    honest: way === "up" ? "the honest score of " : "kept as its honest score: ",
  };
  const said = kind === "wrote" && !isLikely ? "perhaps by " : words[kind];
  return kind !== "kernel" && by === "name" ? `${said.trimEnd()}, by name only: ` : said;
}

function sayNode(node: LineageNode | undefined): string {
  if (node === undefined) return "?";
  if (node.kind === "deployment")
    return node.until === null ? node.name : `${node.name}, until ${node.until.slice(0, 10)}`;
  if (node.kind === "data") {
    const kind = node.isModel ? "model " : "";
    return `${kind}${node.paths.join(" = ")}  ${node.sha256?.slice(0, 12) ?? "bytes not known"}${node.fromOutside ? "  from outside: no recorded run wrote it" : ""}`;
  }
  if (node.deleted) return `run ${node.id}, which was deleted`;
  const { id, notebook, startedAt, metric } = node;
  const score = metric === null ? "" : `  ${metric.name} ${metric.value.toFixed(4)}`;
  return `run ${id.slice(0, 14)}  ${startedAt.slice(0, 16).replace("T", " ")}  ${notebook}${score}`;
}

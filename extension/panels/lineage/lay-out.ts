import type { LineageEdge, LineageGraph, LineageNode } from "@lookback/protocol/lineage.ts";

/** A graph in columns, as far as it is drawn: what was asked for in column 0, what it rests on to the left, what rests on it to the right. */
export interface Layout {
  readonly columns: readonly Column[];
  /** Between nodes that are drawn. */
  readonly edges: readonly LineageEdge[];
  /** Nodes in columns that are too far away to be drawn. */
  readonly further: { readonly left: number; readonly right: number };
}

interface Column {
  readonly at: number;
  readonly nodes: readonly LineageNode[];
  /** Nodes of it that are not drawn. */
  readonly more: number;
}

export interface Bounds {
  readonly mostInColumn: number;
  /** Columns on each side. */
  readonly mostColumns: number;
  /** Columns that are drawn whole. */
  readonly whole: ReadonlySet<number>;
}

/** Lays a graph out: edges lead to the right, but those that close a circle; in a column, what is linked stands near. */
export function layOut(graph: LineageGraph, { mostInColumn, mostColumns, whole }: Bounds): Layout {
  const places = columnsOf(graph);
  const all = new Map<number, LineageNode[]>();
  for (const node of graph.nodes) {
    const at = places.get(node.key) ?? 0;
    all.set(at, [...(all.get(at) ?? []), node]);
  }
  const near = [...all.keys()].filter((at) => Math.abs(at) <= mostColumns).sort((a, b) => a - b);
  arrange(near, all, graph.edges);
  const columns = near.map((at) => {
    const nodes = all.get(at) ?? [];
    // To say "and 1 more" takes as much room as that one.
    const most = whole.has(at) || nodes.length === mostInColumn + 1 ? nodes.length : mostInColumn;
    return { at, nodes: nodes.slice(0, most), more: Math.max(0, nodes.length - most) };
  });
  const drawn = new Set(columns.flatMap(({ nodes }) => nodes.map(({ key }) => key)));
  const beyond = (side: number) =>
    [...all].reduce((sum, [at, nodes]) => sum + (at * side > mostColumns ? nodes.length : 0), 0);
  return {
    columns,
    edges: graph.edges.filter(({ from, to }) => drawn.has(from) && drawn.has(to)),
    further: { left: beyond(-1), right: beyond(1) },
  };
}

/** The keys of all that is reached from some along the edges, without those it begins at. */
export function reachedFrom(
  { edges }: Pick<LineageGraph, "edges">,
  start: readonly string[],
  way: "up" | "down",
): Set<string> {
  const [near, far] = way === "down" ? (["from", "to"] as const) : (["to", "from"] as const);
  const next = new Map<string, string[]>();
  for (const edge of edges) next.set(edge[near], [...(next.get(edge[near]) ?? []), edge[far]]);
  const reached = new Set<string>();
  const waiting = [...start];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop())
    for (const each of next.get(key) ?? [])
      if (!reached.has(each)) {
        reached.add(each);
        waiting.push(each);
      }
  for (const key of start) reached.delete(key);
  return reached;
}

/** Key → column: the longest way from what was asked for, to either side. */
function columnsOf(graph: LineageGraph): Map<string, number> {
  const order = inOrder(graph);
  const rank = new Map(order.map((key, at) => [key, at]));
  // What leads back closes a circle.
  const onward = graph.edges.filter(({ from, to }) => (rank.get(from) ?? 0) < (rank.get(to) ?? 0));
  const before = grouped(onward, "to", "from");
  const after = grouped(onward, "from", "to");
  const columns = new Map<string, number>();
  const start = new Set(graph.start);
  for (const key of order) {
    const left = (before.get(key) ?? []).flatMap((each) => columns.get(each) ?? []);
    if (left.length > 0) columns.set(key, Math.max(...left) + 1);
    else if (start.has(key)) columns.set(key, 0);
  }
  for (const key of [...order].reverse()) {
    if (columns.has(key)) continue;
    const right = (after.get(key) ?? []).flatMap((each) => columns.get(each) ?? []);
    if (right.length > 0) columns.set(key, Math.min(...right) - 1);
  }
  return columns;
}

/** Keys so that edges lead onward, but those that close a circle. */
function inOrder({ start, nodes, edges }: LineageGraph): string[] {
  const after = grouped(edges, "from", "to");
  const state = new Map<string, "open" | "done">();
  const order: string[] = [];
  const visit = (first: string) => {
    const way = [{ key: first, next: 0 }];
    state.set(first, "open");
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const to = after.get(top.key)?.[top.next++];
      if (to === undefined) {
        state.set(top.key, "done");
        order.push(top.key);
        way.pop();
      } else if (!state.has(to)) {
        state.set(to, "open");
        way.push({ key: to, next: 0 });
      }
    }
  };
  // What was asked for first: a circle is cut where it leads back to it.
  for (const key of [...start, ...nodes.map((node) => node.key)]) if (!state.has(key)) visit(key);
  return order.reverse();
}

/** Puts what is linked near each other, by the mean place of neighbors, a few times to and fro. */
function arrange(near: readonly number[], all: Map<number, LineageNode[]>, edges: readonly LineageEdge[]) {
  const neighbors = new Map<string, string[]>();
  for (const { from, to } of edges) {
    neighbors.set(from, [...(neighbors.get(from) ?? []), to]);
    neighbors.set(to, [...(neighbors.get(to) ?? []), from]);
  }
  const place = new Map<string, number>();
  const settle = (at: number) => {
    const nodes = all.get(at) ?? [];
    for (const [row, { key }] of nodes.entries()) place.set(key, row - nodes.length / 2);
  };
  for (const at of near) settle(at);
  for (const at of [...near, ...[...near].reverse(), ...near]) {
    const mean = (key: string) => {
      const rows = (neighbors.get(key) ?? []).flatMap((each) => place.get(each) ?? []);
      return rows.length === 0
        ? (place.get(key) ?? 0)
        : rows.reduce((sum, row) => sum + row, 0) / rows.length;
    };
    all.set(
      at,
      (all.get(at) ?? [])
        .map((node) => ({ node, mean: mean(node.key) }))
        .sort((a, b) => a.mean - b.mean)
        .map(({ node }) => node),
    );
    settle(at);
  }
}

function grouped(
  edges: readonly LineageEdge[],
  by: "from" | "to",
  what: "from" | "to",
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const edge of edges) groups.set(edge[by], [...(groups.get(edge[by]) ?? []), edge[what]]);
  return groups;
}

import type { LineageEdge, LineageGraph, LineageNode } from "@lookback/protocol/lineage.ts";
import { expect, it } from "vitest";
import { layOut, reachedFrom } from "./lay-out.ts";

const node = (key: string) => ({ kind: "deployment", key, name: key, until: null }) as LineageNode;
const edge = (from: string, to: string): LineageEdge => ({
  ...{ from, to, kind: "read", by: "bytes", isLikely: true },
});

/** `a>b` is an edge; what was asked for comes first. */
function graphOf(start: string, ...links: string[]): LineageGraph {
  const edges = links.map((link) => edge(link.split(">")[0]!, link.split(">")[1]!));
  const keys = new Set([...start.split(" "), ...edges.flatMap(({ from, to }) => [from, to])]);
  return { start: start.split(" "), nodes: [...keys].map(node), edges, unknown: [], isCut: false };
}

const bounds = { mostInColumn: 8, mostColumns: 5, whole: new Set<number>() };
const columns = (graph: LineageGraph, over = {}) =>
  Object.fromEntries(
    layOut(graph, { ...bounds, ...over }).columns.map(({ at, nodes }) => [
      at,
      nodes.map(({ key }) => key).join(" "),
    ]),
  );

it.each<[string, LineageGraph, object]>([
  [
    "what it rests on left, what rests on it right",
    graphOf("r", "d>r", "r>m", "m>x"),
    { "-1": "d", 0: "r", 1: "m", 2: "x" },
  ],
  ["by the longest way", graphOf("r", "a>b", "b>r", "a>r"), { "-2": "a", "-1": "b", 0: "r" }],
  [
    "a version of a file that another one led to, right of it",
    graphOf("v1 v2", "v1>r", "r>v2"),
    { 0: "v1", 1: "r", 2: "v2" },
  ],
  ["a circle, cut where it leads back", graphOf("d", "d>r", "r>d"), { 0: "d", 1: "r" }],
  [
    "another origin of what came later, left of that",
    graphOf("r", "r>d", "o>d", "d>s"),
    { 0: "r o", 1: "d", 2: "s" },
  ],
  ["alone", graphOf("r"), { 0: "r" }],
  [
    "without a crossing that need not be",
    graphOf("r", "r>a", "r>b", "r>c", "a>z", "b>y", "c>x"),
    { 0: "r", 1: "a b c", 2: "z y x" },
  ],
])("draws %s", (_, graph, expected) => {
  expect(columns(graph)).toEqual(expected);
});

it("bounds columns, and says how many nodes are left out", () => {
  const graph = graphOf("r", ...Array.from({ length: 12 }, (_, at) => `r>d${at}`), "d3>s", "s>t");
  const laid = layOut(graph, { mostInColumn: 5, mostColumns: 2, whole: new Set() });
  expect(laid.columns.map(({ nodes, more }) => [nodes.length, more])).toEqual([
    [1, 0],
    [5, 7],
    [1, 0],
  ]);
  expect(laid.further).toEqual({ left: 0, right: 1 });
  const drawn = new Set(laid.columns.flatMap(({ nodes }) => nodes.map(({ key }) => key)));
  expect(laid.edges.every(({ from, to }) => drawn.has(from) && drawn.has(to))).toBe(true);
  expect(layOut(graph, { mostInColumn: 5, mostColumns: 2, whole: new Set([1]) }).columns[1]?.more).toBe(0);
});

it("knows what is reached either way", () => {
  const graph = graphOf("r", "d>r", "r>m", "m>x", "q>m");
  expect([...reachedFrom(graph, ["r"], "down")].sort()).toEqual(["m", "x"]);
  expect([...reachedFrom(graph, ["m"], "up")].sort()).toEqual(["d", "q", "r"]);
});

import type { LineageEdge, LineageGraph, LineageNode } from "@lookback/protocol/lineage.ts";
import { expect, it } from "vitest";
import { edgeStyle, edgeWords, lineageSentence, nodeWords } from "./lineage-words.ts";

const run = {
  kind: "run",
  key: "run:01K5B4ZC9Q3FA9C1",
  id: "01K5B4ZC9Q3FA9C1",
  notebook: "a/late.ipynb",
  startedAt: "2026-01-01T00:00:00.000Z",
  outcome: { kind: "ok" },
  model: "sklearn.linear_model.Ridge",
  metric: null,
  deleted: false,
} as const satisfies LineageNode;
const data = {
  kind: "data",
  key: "data:ab",
  paths: ["data/weather.csv"],
  sha256: "abcdef0123456789",
  size: 1200,
  stored: true,
  isModel: false,
  fromOutside: true,
} as const satisfies LineageNode;
const live = { kind: "deployment", key: "deployment:late@1", name: "late@1", until: null } as const;
const edge = (from: string, to: string, over: Partial<LineageEdge> = {}): LineageEdge => ({
  ...{ from, to, kind: "read", by: "bytes", isLikely: true, ...over },
});

it.each<[LineageNode, string, string]>([
  [run, "Ridge", "late · 3FA9C1"],
  [{ ...run, deleted: true, model: null }, "Deleted run", "late · 3FA9C1"],
  [{ ...run, outcome: { kind: "interrupted", cellId: null } }, "Interrupted run", "late · 3FA9C1"],
  [data, "weather.csv", "abcdef01 · 1.2 kB"],
  [{ ...data, stored: false }, "weather.csv", "abcdef01 · 1.2 kB · not stored"],
  [{ ...data, sha256: null, size: null, stored: false }, "weather.csv", "bytes not known"],
  [live, "late@1", "live"],
  [{ ...live, until: "2026-02-03T00:00:00.000Z" }, "late@1", "until 2026-02-03"],
])("a node says what it is", (node, title, facts) => {
  expect(nodeWords(node)).toEqual({ title, facts });
});

it.each<[Partial<LineageEdge>, string, string]>([
  [{}, "read", "sure"],
  [{ kind: "wrote", by: "name" }, "written, by name only", "unsure"],
  [{ kind: "wrote", isLikely: false }, "written, one of several", "unsure"],
  [{ kind: "honest" }, "kept as its honest score", "sure"],
  [{ kind: "kernel", by: "name" }, "found its variables in the same kernel", "kernel"],
])("an edge says how sure it is", (over, words, style) => {
  expect([edgeWords(edge("a", "b", over)), edgeStyle(edge("a", "b", over))]).toEqual([words, style]);
});

it("says in one sentence what rests on what", () => {
  const graph: LineageGraph = {
    start: [run.key],
    nodes: [run, data, live],
    edges: [edge(data.key, run.key), edge(run.key, live.key, { kind: "deployed" })],
    unknown: [],
    isCut: false,
  };
  expect(lineageSentence({ run: run.id }, graph)).toBe(
    "Run 3FA9C1 rests on 1 file; 1 deployment rests on it",
  );
  expect(lineageSentence({ path: data.paths[0] }, { ...graph, start: [data.key], isCut: true })).toBe(
    "weather.csv: at least 1 run and 1 deployment rest on it",
  );
  expect(lineageSentence({ deployment: "late@1" }, { ...graph, start: [live.key] })).toBe(
    "late@1 rests on 1 file and 1 run",
  );
  expect(lineageSentence({ run: run.id }, { ...graph, edges: [] })).toBe(
    "Nothing is known to rest on Run 3FA9C1",
  );
});

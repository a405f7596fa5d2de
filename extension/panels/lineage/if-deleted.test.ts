import type { LineageGraph, LineageNode } from "@lookback/protocol/lineage.ts";
import { expect, it } from "vitest";
import { ifDeleted } from "./if-deleted.tsx";

const run = { kind: "run", key: "run:B", deleted: false } as LineageNode;
const live = { kind: "deployment", key: "deployment:late@1", name: "late@1", until: null } as LineageNode;
const honest = { from: "run:A", to: "run:B", kind: "honest", by: "bytes", isLikely: true } as const;
const file = (stored: boolean): LineageNode => ({
  ...{ kind: "data", key: "data:a", paths: ["a"], stored, sha256: "a", size: 1 },
  ...{ isModel: false, fromOutside: true },
});
const graph = (...nodes: LineageNode[]): LineageGraph => ({
  ...{ start: ["data:a"], nodes, edges: [], unknown: [], isCut: false },
});

it.each<[string, string[], RegExp]>([
  ["nothing rests on a run", ifDeleted({ run: "A" }, graph(), []), /^Nothing that is recorded/],
  [
    "runs rest on a run",
    ifDeleted({ run: "A" }, graph(), [run, run]),
    /^2 runs rest on it, and would no longer/,
  ],
  [
    "an honest score is kept of a run",
    ifDeleted({ run: "A" }, { ...graph(), start: ["run:A"], edges: [honest] }, [run]),
    /^1 honest score that is kept of it would no longer lead back to it\.\nIt can be brought back/,
  ],
  ["a deployment rests on a run", ifDeleted({ run: "A" }, graph(), [run, live]), /^It cannot be deleted/],
  [
    "a file is kept",
    ifDeleted({ path: "a" }, graph(file(true)), [run]),
    /is kept by Lookback.*\n1 run rests/,
  ],
  ["a file is not kept", ifDeleted({ path: "a" }, graph(file(false)), []), /^1 version .* is not kept/],
  ["not all was followed", ifDeleted({ run: "A" }, { ...graph(), isCut: true }, []), /there may be more\.$/],
])("says what is lost where %s", (_, sentences, expected) => {
  expect(sentences.join("\n")).toMatch(expected);
});

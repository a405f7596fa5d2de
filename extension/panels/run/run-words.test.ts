import type { Run } from "@lookback/protocol/runs.ts";
import { expect, test } from "vitest";
import { cameOut, cellName, fromWhat, kernelText, shortClass, shortId } from "./run-words.ts";

type Words = Pick<Run, "outcome" | "metrics" | "models" | "datasets" | "cells">;

function run(over: Partial<Words>): Run {
  const empty: Words = { outcome: { kind: "ok" }, metrics: [], models: [], datasets: [], cells: [] };
  return { ...empty, ...over } as Run;
}

function use(path: string, access: "read" | "write") {
  return { path, access } as Run["datasets"][number];
}

function metric(cellId: string, name: string, value: number) {
  return { name, value, cellId } as Run["metrics"][number];
}

test("the headline is the first score of the last cell that scored", () => {
  const metrics = [
    metric("8", "accuracy_score", 0.9),
    metric("9", "roc_auc_score", 0.723),
    metric("9", "average_precision_score", 0.3548),
  ];
  expect(cameOut(run({ metrics }))).toBe("AUC 0.7230");
});

test("without a score it is the error, the model, or the files", () => {
  const error = { kind: "error", name: "KeyError", message: "'visib'", cellId: "6" } as const;
  expect(cameOut(run({ outcome: error, metrics: [metric("1", "roc_auc_score", 0.7)] }))).toBe(
    "KeyError: 'visib'",
  );
  expect(cameOut(run({ datasets: [use("out/a.csv", "write")] }))).toBe("Wrote a.csv");
  expect(cameOut(run({}))).toBe("0 cells");
});

test("files are named once, and only the first two of many", () => {
  const datasets = [
    use("data/a.csv", "read"),
    use("data/a.csv", "read"),
    use("b.csv", "read"),
    use("x.csv", "write"),
  ];
  expect(fromWhat(run({ datasets }))).toBe("from a.csv and b.csv");
  expect(fromWhat(run({ datasets: [...datasets, use("c.csv", "read")] }))).toBe(
    "from a.csv, b.csv and 1 more",
  );
  expect(fromWhat(run({}))).toBe("");
});

test("names are short", () => {
  expect(shortClass("sklearn.pipeline.Pipeline")).toBe("Pipeline");
  expect(shortId("c09b1234567890")).toBe("c09b1234…");
  expect(cellName(4)).toBe("cell 5");
  expect(cellName(null)).toBe("a deleted cell");
});

test("a kernel is called fresh only where it is known", () => {
  const after = (cellsBefore: number | null) =>
    kernelText({ session: { startedFrom: null, id: "s", cellsBefore, journalEnd: 0 } });
  expect([0, 2, null].map(after)).toEqual([
    "in a fresh kernel",
    "after 2 earlier in this kernel",
    "not known what ran before",
  ]);
});

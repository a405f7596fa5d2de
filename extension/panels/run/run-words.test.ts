import { aMetric } from "@lookback/kernel-bridge/ledger/fixtures/a-metric.ts";
import type { Run, ShownRun } from "@lookback/protocol/runs.ts";
import { expect, test } from "vitest";
import { shortClass } from "../kit/titles.ts";
import { cameOut, cellName, fromWhat, kernelText, shortId } from "./run-words.ts";

type Words = Pick<ShownRun, "outcome" | "headline" | "models" | "datasets" | "cells">;

function run(over: Partial<Words>): ShownRun {
  const empty: Words = { outcome: { kind: "ok" }, headline: null, models: [], datasets: [], cells: [] };
  return { ...empty, ...over } as ShownRun;
}

function use(path: string, access: "read" | "write") {
  return { path, access } as Run["datasets"][number];
}

const headline = aMetric({ name: "roc_auc_score", value: 0.723 });

test("a headline that training rows gave says so", () => {
  expect(cameOut(run({ headline }))).toBe("AUC 0.7230");
  expect(cameOut(run({ headline: { ...headline, split: "held out" } }))).toBe("AUC 0.7230");
  expect(cameOut(run({ headline: { ...headline, split: "train" } }))).toBe("AUC 0.7230 on training rows");
});

test("without a score it is the last model that predicts", () => {
  const fits = (className: string, predicts: boolean) => ({ className, predicts }) as Run["models"][number];
  const models = [fits("sklearn.linear_model.Ridge", true), fits("sklearn.decomposition.PCA", false)];
  expect(cameOut(run({ models }))).toBe("Ridge");
});

test("without a score it is the error, the model, or the files", () => {
  const error = { kind: "error", name: "KeyError", message: "'visib'", cellId: "6" } as const;
  expect(cameOut(run({ outcome: error, headline }))).toBe("KeyError: 'visib'");
  expect(cameOut(run({ datasets: [use("out/a.csv", "write")] }))).toBe("Wrote a.csv");
  expect(cameOut(run({}))).toBe("cells not known");
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

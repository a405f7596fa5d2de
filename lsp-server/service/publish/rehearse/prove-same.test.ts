import type { KeptSample, ModelFit, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { writeNpz } from "@lookback/kernel-bridge/ledger/reproduce/fixtures/write-npz.ts";
import { describe, expect, it } from "vitest";
import { proveSame } from "./prove-same.ts";

/** The bytes of a sample are told by its answer. */
const sample = (why: KeptSample["why"], cellId: string | null, answer: number): KeptSample => ({
  sha256: String(answer),
  size: 1,
  stored: true,
  rows: 1,
  of: 1,
  why,
  cellId,
});

function runOf(...samples: readonly KeptSample[]) {
  const fit: Partial<ModelFit> = {
    variable: "model",
    className: "Ridge",
    predicts: true,
    kept: null,
    samples,
  };
  return {
    run: { models: [fit], metrics: [], cells: [] } as unknown as Run,
    kept: async (sha256: string) => writeNpz({ x0: [1], predict: [Number(sha256)] }),
  };
}

const proved = async (
  recorded: readonly KeptSample[],
  again: readonly KeptSample[],
  ran: readonly string[],
) => (await proveSame(runOf(...recorded), runOf(...again), "model", new Set(ran))).model;

describe("what ran again made the same model", () => {
  it.each([
    ["it answers the same", [sample("fit", "a", 1)], [sample("fit", "a", 1)], ["a"], "answers"],
    ["it answers otherwise", [sample("fit", "a", 1)], [sample("fit", "a", 2)], ["a"], "differs"],
    [
      "a cell that changed it by hand did not run again",
      [sample("fit", "a", 1), sample("fit", "b", 2)],
      [sample("fit", "a", 1)],
      ["a"],
      "differs",
    ],
    [
      "it was as it is at the end only there",
      [sample("fit", "a", 1), sample("fit", "b", 2)],
      [sample("fit", "a", 7), sample("fit", "b", 2)],
      ["a", "b"],
      "answers",
    ],
    [
      "a score and its end, each kept of one cell",
      [sample("score", "a", 3), sample("fit", "a", 1)],
      [sample("score", "a", 3), sample("fit", "a", 1)],
      ["a"],
      "answers",
    ],
    ["a cell that asked did not run again", [sample("score", "b", 3)], [], ["a"], "nothing"],
    ["nothing asked it again", [sample(null, null, 3)], [], ["a"], "differs"],
    ["nobody could ask it again", [sample("fit", "a", 1)], [], ["a"], "nothing"],
  ] as const)("%s", async (_, recorded, again, ran, model) => {
    expect(await proved(recorded, again, ran)).toBe(model);
  });
});

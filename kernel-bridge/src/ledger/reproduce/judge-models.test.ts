import { describe, expect, it } from "vitest";
import { sampleModel, sampleSide } from "../compare/fixtures/sample-side.ts";
import type { KeptSample, ModelFit } from "../format/run.ts";
import { judged } from "./fixtures/judged.ts";
import { writeNpz } from "./fixtures/write-npz.ts";

const kept = (sha256: string, why: "fit" | null = null) => ({ sha256, size: 1, stored: true, why });
const best = (score: number) => ({ estimator: "SVC", parameters: { C: 1 }, score });
const sample = (sha256: string, over: Partial<KeptSample> = {}) => ({
  ...kept(sha256),
  rows: 10,
  of: 100,
  cellId: null,
  ...over,
});

describe("a model that was fitted again", () => {
  it("a model whose answers are the same but for their last digit, and says so", () => {
    const side = (sha256: string) =>
      sampleSide(["x"], { models: [sampleModel({ samples: [sample(sha256, { why: "fit" })] })] });
    const samples = new Map([
      ["s", writeNpz({ x0: [1], predict: [0.3] })],
      ["t", writeNpz({ x0: [1], predict: [0.1 + 0.2] })],
    ]);
    expect(judged(side("s"), side("t"), { samples })).toMatchObject({
      sentence: "Identical: 1 of 1 cell, 1 model.",
      remarks: [
        "What model answered is the same within 1e-9 of its size, or the last digits of single precision, and not to the last digit.",
      ],
    });
  });

  it.each<[string, Partial<ModelFit>, Partial<ModelFit> | null, RegExp]>([
    ["the same bytes", { kept: kept("a") }, { kept: kept("a") }, /^Identical: 1 of 1 cell, 1 model\.$/],
    [
      "other bytes that answer the same",
      { kept: kept("a"), samples: [sample("s")] },
      { kept: kept("b"), samples: [sample("s")] },
      /^Identical: 1 of 1 cell, 1 model\.$/,
    ],
    [
      "other answers",
      { samples: [sample("s")] },
      { samples: [sample("t")] },
      /cell 1: model was trained to another state\.$/,
    ],
    ["other bytes", { kept: kept("a") }, { kept: kept("b") }, /model was trained to another state/],
    [
      "other bytes of one that gave no score, of which nothing else is known",
      { kept: kept("a", "fit") },
      { kept: kept("b", "fit") },
      /^Identical: 1 of 1 cell\.$/,
    ],
    [
      "more kept than then",
      { samples: [sample("s")] },
      { samples: [sample("s"), sample("f", { why: "fit" })] },
      /^Identical: 1 of 1 cell, 1 model\.$/,
    ],
    [
      "nothing kept of one kind of both",
      { samples: [sample("s")] },
      { samples: [sample("f", { why: "fit" })] },
      /^Identical: 1 of 1 cell\.$/,
    ],
    [
      "what a later cell made of it",
      { samples: [sample("f", { why: "fit" }), sample("g", { why: "fit" })] },
      { samples: [sample("f", { why: "fit" })] },
      /model was trained to another state/,
    ],
    [
      "weights that were asked for once",
      { samples: [sample("s")], importances: [["x", 0.3]] },
      { samples: [sample("s")] },
      /^Identical: 1 of 1 cell, 1 model\.$/,
    ],
    [
      "weights that are apart by their last digit",
      { samples: [sample("s")], importances: [["x", 0.3]] },
      { samples: [sample("s")], importances: [["x", 0.1 + 0.2]] },
      /cell 1: model was trained to the same but for the rounding of its weights\.$/,
    ],
    [
      "other weights",
      { samples: [sample("s")], importances: [["x", 0.3]] },
      { samples: [sample("s")], importances: [["x", 0.301]] },
      /model was trained to another state/,
    ],
    [
      "a search, whose bytes hold how long it took",
      { kept: kept("a"), best: best(0.7) },
      { kept: kept("b"), best: best(0.7) },
      /^Identical: 1 of 1 cell\.$/,
    ],
    [
      "a search that found something else",
      { kept: kept("a"), best: best(0.7) },
      { kept: kept("b"), best: best(0.8) },
      /model was trained to another state/,
    ],
    [
      "another parameter",
      { parameters: { alpha: 1 } },
      { parameters: { alpha: 2 } },
      /model was fitted with another alpha/,
    ],
    ["other rows", { digest: "sha256:a" }, { digest: "sha256:b" }, /model was fitted with another digest/],
    [
      "a parameter that it did not have",
      { parameters: { alpha: 1 } },
      { parameters: { alpha: 1, beta: 2 } },
      /model was fitted with another beta/,
    ],
    ["none", {}, null, /model was not fitted/],
    ["nothing kept of either", {}, {}, /^Identical: 1 of 1 cell\.$/],
  ])("a model: %s", (_, before, after, sentence) => {
    const side = (over: Partial<ModelFit> | null) =>
      sampleSide(["x"], { models: over === null ? [] : [sampleModel(over)] });
    expect(judged(side(before), side(after)).sentence).toMatch(sentence);
  });
});

import { describe, expect, it } from "vitest";
import type { Proof } from "../rehearse/prove-same.ts";
import { judgeProof } from "./same-answers.ts";

const same = {
  tier: "E0",
  rows: 200,
  differing: 0,
  flips: 0,
  worst: 0,
  said: "200 rows, identical",
} as const;
const score = (recorded: number, again: number | null, isSame = recorded === again) => ({
  ...{ cellId: "c4", name: "accuracy_score", recorded, again, isSame },
});
const judge = (proof: Partial<Proof>, isAsItRan = false) =>
  judgeProof(
    { proof: { model: "answers", fit: null, answers: [same], scores: [], ...proof }, isAsItRan },
    "model",
  );

describe("whether what ran again made the run's model", () => {
  it("passes on the model's own answers and every score", () => {
    expect(judge({ scores: [score(0.35, 0.35), score(0.96, 0.96)] })).toMatchObject({
      state: "passed",
      evidence: "model answers 200 rows as it did; 2 of 2 scores the same",
    });
    expect(judge({ model: "bytes", answers: [] })).toMatchObject({
      state: "passed",
      evidence: "model is the same to the byte",
      detail: null,
    });
  });

  it("fails on one score of several, and names it", () => {
    const verdict = judge({ scores: [score(0.35, 0.35), score(0.96, 0.95)] });
    expect(verdict).toMatchObject({
      state: "failed",
      evidence:
        "model answers 200 rows as it did; 1 of 2 scores differs: accuracy_score: 0.96 then, 0.95 now",
    });
    expect(verdict.detail).toContain("random_state=");
    expect(judge({ scores: [score(0.5, null)] }).evidence).toContain("0.5 then, nothing now");
  });

  it("fails where rows are answered otherwise, whatever the scores say", () => {
    const answers = [same, { ...same, tier: "differs", differing: 3, said: "3 of 200 rows differ" } as const];
    const verdict = judge({ model: "differs", answers, scores: [score(0.9, 0.9)] });
    expect(verdict).toMatchObject({ state: "failed" });
    expect(verdict.evidence).toContain("model answers 3 rows of 400 otherwise than it did");
    expect(verdict.detail).toContain("3 of 200 rows differ");
  });

  it("fails where nothing was kept to compare, and says how to get it", () => {
    const verdict = judge({ model: "nothing", answers: [], scores: [score(0.9, 0.9)] });
    expect(verdict).toMatchObject({ state: "failed" });
    expect(verdict.evidence).toContain("the run kept no answer of model");
    expect(verdict.detail).toContain("model.predict(");
  });

  it("names what made it where every execution as it ran did", () => {
    const verdict = judge({ model: "differs", answers: [] }, true);
    expect(verdict.detail).toContain("edited, or ran more than once");
    expect(judgeProof({ proof: null, isAsItRan: false }, "model").state).toBe("failed");
  });
});

import { describe, expect, it, test } from "vitest";
import { expectedMaximum, expectedOptimism } from "./expected-optimism.ts";
import { simulatedOptimism } from "./fixtures/simulated-search.ts";

const alike = [0, 0.5, 0.9].flatMap((together) =>
  [5, 20].flatMap((models) => [100, 300].map((rows) => ({ together, models, rows }))),
);

describe.each(["accuracy_score", "roc_auc_score"] as const)("of %s", (metric) => {
  it.each(alike)(
    "is right of $models equal models on $rows rows that err together by $together",
    (search) => {
      const { stated, true: held } = simulatedOptimism({ ...search, metric, apart: 0, times: 300 }, 1);
      expect(stated / held).toBeGreaterThan(0.8);
      expect(stated / held).toBeLessThan(1.2);
    },
  );

  it.each([
    { together: 0, apart: 0.2 },
    { together: 0.5, apart: 0.1 },
    { together: 0.9, apart: 0.3 },
  ])("is no less than the truth of models that are $apart apart and err together by $together", (search) => {
    const { stated, true: held } = simulatedOptimism(
      { ...search, metric, models: 20, rows: 200, times: 300 },
      2,
    );
    expect(stated).toBeGreaterThan(held);
  });
});

// Tables of the expected values of normal order statistics.
test.each([
  [2, 0.56419],
  [5, 1.16296],
  [20, 1.86748],
  [100, 2.50759],
])("the largest of %d is expected at %d", (k, value) => {
  expect(expectedMaximum(k)).toBeCloseTo(value, 4);
});

const five = [0.7, 0.71, 0.72, 0.73, 0.74];

test.each([
  ["f1_score", five, { rows: 100, rarest: 30 }, /^no standard error/],
  ["accuracy_score", five, { rows: null, rarest: null }, /^how many rows there are/],
  ["accuracy_score", five.slice(1), { rows: 100, rarest: 30 }, /^fewer than 5 such scores/],
  ["roc_auc_score", five, { rows: 100, rarest: null }, /^how many rows are of each class/],
  ["accuracy_score", [1, 1, 1, 1, 1], { rows: 100, rarest: 30 }, /^all of its scores/],
])("of %s it is not known, and why", (name, scores, judging, reason) => {
  expect(expectedOptimism(name, scores, judging)).toEqual({ notKnown: expect.stringMatching(reason) });
});

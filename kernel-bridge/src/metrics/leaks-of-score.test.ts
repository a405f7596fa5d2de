import { expect, test } from "vitest";
import { countLeaks, leaksBeside } from "./leaks-of-score.ts";

const here = { reaches: ["a"], mayReach: [] };
const perhaps = { reaches: ["b"], mayReach: ["a"] };
const there = { reaches: ["b"], mayReach: [] };
const nowhere = { reaches: [], mayReach: [] };

// Of leaks, and the cell of a score → how many it rests on, perhaps rests on, does not rest on.
test.each([
  ["one of each", [here, perhaps, there, nowhere], "a", [1, 1, 2]],
  ["another score of the same run", [here, perhaps, there, nowhere], "b", [2, 0, 2]],
  ["recorded before it was kept", [{}, {}], "a", [0, 2, 0]],
  ["where no score is, nothing is elsewhere", [here, there, {}], null, [3, 0, 0]],
] as const)("%s", (_title, leaks, cell, [reaching, unknown, elsewhere]) => {
  expect(countLeaks(leaks, cell)).toEqual({ reaching, unknown, elsewhere });
});

test("a run's leaks are counted beside the score that is shown, and all of them where there is none", () => {
  const auc = { reaching: 0, unknown: 1, elsewhere: 1 };
  const beside = (metric: string | null) => leaksBeside({ leaks: 2, leaksOf: { auc } }, metric);
  expect(beside("auc")).toBe(auc);
  for (const metric of ["f1", null])
    expect(beside(metric)).toEqual({ reaching: 2, unknown: 0, elsewhere: 0 });
});

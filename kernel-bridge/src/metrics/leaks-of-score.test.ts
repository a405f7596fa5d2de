import { expect, test } from "vitest";
import { countLeaks } from "./leaks-of-score.ts";

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

import { expect, test } from "vitest";
import type { BillFigures } from "./bill-words.ts";
import { waterfall } from "./waterfall-bars.ts";

const figures = (asWritten: number, fixed: number, ...shares: (number | null)[]): BillFigures => ({
  asWritten,
  fixed,
  shares,
  digits: 4,
});
const levels = (...given: Parameters<typeof waterfall>) =>
  waterfall(...given).bars.map(({ from, to }) => [from, to].map((each) => Number(each.toFixed(6))));

test.each<[string, Parameters<typeof waterfall>, number[][], number]>([
  [
    "from chance, where the score is an AUC above it",
    ["roc_auc_score", figures(0.9, 0.6, 0.2, null, 0.1)],
    [
      [0.5, 0.9],
      [0.9, 0.7],
      [0.7, 0.6],
      [0.5, 0.6],
    ],
    0.5,
  ],
  [
    "from zero, where an AUC falls below chance",
    ["roc_auc_score", figures(0.9, 0.4, 0.5)],
    [
      [0, 0.9],
      [0.9, 0.4],
      [0, 0.4],
    ],
    0,
  ],
  [
    "upwards, where an error grows",
    ["mean_squared_error", figures(2, 3, -1)],
    [
      [0, 2],
      [2, 3],
      [0, 3],
    ],
    0,
  ],
  [
    "below zero, where the score does",
    ["r2_score", figures(0.5, -0.5, 1)],
    [
      [0, 0.5],
      [0.5, -0.5],
      [0, -0.5],
    ],
    0,
  ],
])("go %s", (_, given, wanted, floor) => {
  expect(levels(...given)).toEqual(wanted);
  expect(waterfall(...given).floor).toBe(floor);
});

import { expect, test } from "vitest";
import { roundToAddUp } from "./round-to-add-up.ts";

test.each<[readonly number[], number, number, readonly number[]]>([
  [[0.706, 0.174, 0.085], 0.965, 3, [0.706, 0.174, 0.085]],
  [[1 / 3, 1 / 3, 1 / 3], 1, 2, [0.34, 0.33, 0.33]],
  [[0.5049, 0.1049, 0.0949], 0.7047, 2, [0.51, 0.1, 0.09]],
  [[0.7, -0.05], 0.65, 2, [0.7, -0.05]],
  [[0.6, -0.00001], 0.6, 3, [0.6, 0]],
])("%j make %d at %d digits", (values, total, digits, rounded) => {
  expect(roundToAddUp(values, total, digits)).toEqual(rounded);
});

import { expect, test } from "vitest";
import { scoreDigits } from "./score-digits.ts";

test.each([
  [0.96504, [], 4],
  [12.5, [], 2],
  [0.00012, [], 7],
  [0.00001, [-0.43], 4],
  [0, [-0.43], 4],
  [0.00001, [0.0002], 7],
  [0.85, [-5000], 4],
  [1200, [0.5], 0],
] as const)("%d beside %j is shown with %i decimals", (score, beside, digits) => {
  expect(scoreDigits(score, ...beside)).toBe(digits);
});

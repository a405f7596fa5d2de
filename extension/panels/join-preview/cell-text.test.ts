import { expect, test } from "vitest";
import { shareText } from "./cell-text.ts";

test.each([
  [0, 3, "0\u00a0%"],
  [3, 3, "100\u00a0%"],
  [360, 1_200, "30.0\u00a0%"],
  [1, 100_000, "0.1\u00a0%"],
  [99_999, 100_000, "99.9\u00a0%"],
  [0, 0, "0\u00a0%"],
])("%d of %d is %s, on one line, and never nothing or all by rounding", (part, whole, text) => {
  expect(shareText(part, whole)).toBe(text);
});

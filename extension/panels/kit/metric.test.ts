import { expect, test } from "vitest";
import { isBetter } from "./metric.ts";

test("more of a score is better, less of an error is better", () => {
  expect(isBetter("roc_auc_score", 0.01)).toBe(true);
  expect(isBetter("mean_squared_error", 0.01)).toBe(false);
  expect(isBetter("log_loss", -0.01)).toBe(true);
});

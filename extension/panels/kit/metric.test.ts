import { expect, test } from "vitest";
import { isBetter, metricTitle, metricValue } from "./metric.ts";

test("a known metric has a short title, an unknown one keeps its words", () => {
  expect(metricTitle("roc_auc_score")).toBe("AUC");
  expect(metricTitle("jaccard_score")).toBe("jaccard");
  expect(metricTitle("late_share")).toBe("late share");
});

test.each([
  [0.72304, "0.7230"],
  [1, "1"],
  [-0.5, "-0.5000"],
  [15.27, "15.27"],
  [12_345.6, "12,346"],
  [0.0000123, "1.23e-5"],
  [Number.NaN, "NaN"],
])("%d is written %s", (value, text) => {
  expect(metricValue(value, "en-US")).toBe(text);
});

test("more of a score is better, less of an error is better", () => {
  expect(isBetter("roc_auc_score", 0.01)).toBe(true);
  expect(isBetter("mean_squared_error", 0.01)).toBe(false);
  expect(isBetter("log_loss", -0.01)).toBe(true);
});

import { expect, test } from "vitest";
import { metricChange, metricDirection, metricTitle, metricValue } from "./metric-words.ts";

test("a known metric has a short title, an unknown one keeps its words", () => {
  expect(metricTitle("roc_auc_score")).toBe("AUC");
  expect(metricTitle("jaccard_score")).toBe("jaccard");
  expect(metricTitle("late_share")).toBe("late share");
  expect(metricTitle("constructor")).toBe("constructor");
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

test.each([
  [0.0176, "+0.0176"],
  [-0.003, "−0.0030"],
  [-2, "−2"],
])("a change of %d is written %s", (change, text) => {
  expect(metricChange(change, "en-US")).toBe(text);
});

test.each([
  ["roc_auc_score", "higher"],
  ["explained_variance_score", "higher"],
  ["d2_absolute_error_score", "higher"],
  ["neg_mean_squared_error", "higher"],
  ["valAccuracy", "higher"],
  ["auc_train", "higher"],
  ["mean_squared_error", "lower"],
  ["brier_score_loss", "lower"],
  ["davies_bouldin_score", "lower"],
  ["val_loss", "lower"],
  ["valLoss", "lower"],
  ["RMSE", "lower"],
  ["max_error", "lower"],
  ["error_rate", "lower"],
  ["neg_brier_score", "higher"],
  ["neg_log_likelihood", "lower"],
  ["negative_log_likelihood", "lower"],
  ["test_nll", "lower"],
  ["negative_likelihood_ratio", "lower"],
  ["neg_negative_likelihood_ratio", "higher"],
  ["neg_late_share", "unknown"],
  ["explained_variance", "higher"],
  ["residual_variance", "unknown"],
  ["constructor", "unknown"],
  ["late_share", "unknown"],
  ["", "unknown"],
])("of %s %s is better", (name, direction) => {
  expect(metricDirection(name)).toBe(direction);
});

import { expect, test } from "vitest";
import { changeTone, metricDirection } from "./metric.ts";

test.each([
  ["roc_auc_score", 0.01, "lb-better"],
  ["mean_squared_error", 0.01, "lb-worse"],
  ["log_loss", -0.01, "lb-better"],
  ["late_share", 0.01, "lb-muted"],
] as const)("%s that moved by %d is %s", (name, change, tone) => {
  expect(changeTone(metricDirection(name), change)).toBe(tone);
});

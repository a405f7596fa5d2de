import type { PlanFeature } from "@lookback/pipeline/plan/plan.ts";
import { expect, it } from "vitest";
import { sameValue } from "./same-value.ts";

const latest = (type: string): PlanFeature => ({ kind: "latest", name: "f", column: "c", type });
const window = (name: "mean" | "sum" | "count" | "min" | "max", type: string): PlanFeature => ({
  ...{ kind: "window", name: "f", column: "c", function: name, windowUs: 1, type },
});

it.each([
  [window("mean", "BIGINT"), 1e6, 1e6 + 0.9e-3, true],
  [window("mean", "DOUBLE"), 1e6, 1e6 + 1.1e-3, false],
  [window("sum", "DOUBLE"), 0.1 + 0.2, 0.3, true],
  [window("sum", "FLOAT"), 0.1 + 0.2, 0.3, true],
  [window("sum", "BIGINT"), 10_000_000_000, 10_000_000_001, false],
  [window("sum", "DECIMAL(18,2)"), 10_000_000.01, 10_000_000.02, false],
  [window("count", "DOUBLE"), 10_000_000_000, 10_000_000_001, false],
  [window("min", "DOUBLE"), 0.1 + 0.2, 0.3, false],
  [window("max", "DOUBLE"), 0.1 + 0.2, 0.3, false],
  [latest("DOUBLE"), 0.1 + 0.2, 0.3, false],
  [latest("DOUBLE"), Number.NaN, Number.NaN, true],
  [latest("DOUBLE"), 0.3, 0.3, true],
  [window("sum", "DOUBLE"), null, 0, false],
  [window("sum", "DOUBLE"), 0, null, false],
  [window("max", "BOOLEAN"), 1, true, false],
  [window("max", "BOOLEAN"), true, true, true],
  [window("min", "VARCHAR"), 0, "", false],
  [window("min", "VARCHAR"), "", "", true],
  [latest("BIGINT"), 2n ** 60n, 2n ** 60n, true],
  [latest("BIGINT"), 2n ** 60n, 2n ** 60n + 1n, false],
  [latest("DOUBLE"), null, null, true],
])("%o: %s online and %s offline are the same: %s", (feature, online, offline, is) => {
  expect(sameValue(feature, online, offline)).toBe(is);
});

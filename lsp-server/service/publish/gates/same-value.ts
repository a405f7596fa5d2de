import type { CellValue } from "@lookback/pipeline/features/cell.ts";
import type { PlanFeature } from "@lookback/pipeline/plan/plan.ts";

/** How far two sums of floats may differ that were added up in another order, relative to the larger (and to 1). */
export const TOLERANCE = 1e-9;

/** Whether two numbers are the same within `TOLERANCE`; the limit itself counts. NaN is the same as NaN, and an infinity as itself. */
export function near(a: number, b: number): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Whether a feature has the same value online as in training: means, and sums of floats, within `TOLERANCE`; all else exactly. Specified in point-in-time.md, section 8. */
export function sameValue(feature: PlanFeature, online: CellValue, offline: CellValue): boolean {
  if (Object.is(online, offline) || online === offline) return true;
  if (typeof online !== "number" || typeof offline !== "number") return false;
  return isSummed(feature) && near(online, offline);
}

function isSummed(feature: PlanFeature): boolean {
  if (feature.kind === "latest") return false;
  if (feature.function === "mean") return true;
  return feature.function === "sum" && /^(DOUBLE|FLOAT)$/i.test(feature.type);
}

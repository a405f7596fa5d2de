import type { CellValue } from "@lookback/pipeline/features/cell.ts";
import type { PlanFeature } from "@lookback/pipeline/plan/plan.ts";
import { near } from "../tier/near.ts";

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

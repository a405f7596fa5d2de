import type { PlanFeature, PlanView } from "../plan/plan.ts";

/** The source columns a view keeps online, each once: the order of the columns in its chunks. */
export function storedColumns(view: PlanView): readonly string[] {
  return [...new Set(view.features.map((feature) => feature.column))];
}

/** Where a feature's values stand in the view's chunks. */
export function columnOf(view: PlanView, feature: PlanFeature): number {
  return storedColumns(view).indexOf(feature.column);
}

import type { PlanFeature, PlanView } from "../plan/plan.ts";

/** The source columns a view keeps online, each once: the order of the columns in its chunks. */
export function storedColumns(view: PlanView): readonly string[] {
  return [...new Set(view.features.map((feature) => feature.column))];
}

/** Where a feature's values stand in the view's chunks. */
export function columnOf(view: PlanView, feature: PlanFeature): number {
  return storedColumns(view).indexOf(feature.column);
}

/** The columns of which nothing but counts is asked: it is enough to keep whether there is a value. */
export function countedColumns(view: PlanView): ReadonlySet<string> {
  const read = view.features.filter((feature) => feature.kind === "latest" || feature.function !== "count");
  const needed = new Set(read.map((feature) => feature.column));
  return new Set(storedColumns(view).filter((column) => !needed.has(column)));
}

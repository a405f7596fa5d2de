import type { PlanRuntime } from "@lookback/pipeline/plan/plan.ts";
import { SINGLE_TOLERANCE, TOLERANCE } from "./near.ts";

/** A graph is chosen for being the same; an object that computes in float32 answers itself otherwise, in the last digits, beside other rows. */
export function toleranceOf({ kind }: Pick<PlanRuntime, "kind">, single: boolean): number {
  return kind === "python" && single ? SINGLE_TOLERANCE : TOLERANCE;
}

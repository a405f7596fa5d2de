import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { CellValue } from "../../features/cell.ts";
import type { PlanValue } from "../../plan/plan.ts";
import type { Release } from "../../plan/read-release.ts";

/** A loaded model, whatever runs it. */
export interface Model {
  /** One answer a row, of values in the order of the plan's inputs. Fails with `serve/no-answer` when the model refuses the rows or answers something that is not a number. */
  answer(rows: Rows): Promise<Record<string, PlanValue>[]>;
  /** Ends what runs it: nothing is asked afterwards. */
  close(): Promise<void>;
}

export type Rows = readonly (readonly CellValue[])[];

export function badModel(release: Release, what: string, cause?: unknown): Failure {
  const { name, version, model } = release.plan;
  return new Failure(
    "serve/bad-model",
    `${model.path} of ${name} version ${version} does not fit its plan: ${what}. It was not deployed.`,
    { advice: "Publish the notebook again.", data: { name, version }, cause },
  );
}

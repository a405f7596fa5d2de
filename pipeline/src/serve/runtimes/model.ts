import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { CellValue } from "../../features/cell.ts";
import type { PlanValue } from "../../plan/plan.ts";
import type { Release } from "../../plan/read-release.ts";
import type { PoolHealth } from "./python/pool.ts";

/** A loaded model, whatever runs it. */
export interface Model {
  /** One answer a row, of values in the order of the plan's inputs. Fails with `serve/no-answer` when the model refuses the rows or answers something that is not a number. */
  answer(rows: Rows): Promise<Record<string, PlanValue>[]>;
  /** The type of each answer by name, as the Open Inference Protocol has it: of those of a Python model, once it has answered. */
  datatypes(): readonly Datatype[];
  /** Of the processes that run it; null where it runs in the server itself. */
  health(): PoolHealth | null;
  /** Ends what runs it, after what is being answered, or after so many milliseconds: nothing is asked afterwards. */
  close(graceMs?: number): Promise<void>;
}

export type Rows = readonly (readonly CellValue[])[];

export type Datatype = "FP64" | "INT64" | "BYTES" | "BOOL";

export function badModel(release: Release, what: string, cause?: unknown): Failure {
  const { name, version, model } = release.plan;
  return new Failure(
    "serve/bad-model",
    `${model.path} of ${name} version ${version} does not fit its plan: ${what}. It was not deployed.`,
    { advice: "Publish the notebook again.", data: { name, version }, cause },
  );
}

import type { PlanValue } from "../plan/plan.ts";
import type { shownFeatures } from "./version.ts";

/** An answer and everything it rests on. */
export interface Prediction {
  readonly requestId: string;
  /** When it was asked. */
  readonly at: string;
  /** The moment it was predicted as of. */
  readonly asOf: string;
  readonly name: string;
  readonly version: number;
  readonly run: string;
  readonly modelSha256: string;
  readonly inputs: Record<string, PlanValue>;
  readonly features: ReturnType<typeof shownFeatures>;
  readonly output: Record<string, PlanValue>;
  readonly durationMs: number;
}

import type { PlanValue } from "../plan/plan.ts";

/** An answer and everything it rests on. */
export interface Prediction {
  readonly requestId: string;
  /** When it was asked. */
  readonly at: string;
  /** The moment it was predicted as of: features are what was known then. */
  readonly asOf: string;
  readonly name: string;
  readonly version: number;
  readonly run: string;
  readonly modelSha256: string;
  readonly inputs: Readonly<Record<string, PlanValue>>;
  readonly features: readonly ShownFeature[];
  readonly output: Readonly<Record<string, PlanValue>>;
  readonly durationMs: number;
}

/** A feature as the model was shown it. */
export interface ShownFeature {
  /** `view:feature`. */
  readonly name: string;
  /** Whole numbers beyond 2^53 and numbers that are not finite are texts. */
  readonly value: PlanValue;
  readonly eventTime: string | null;
  readonly availableAt: string | null;
  /** Why there is no value; null when there is one. */
  readonly reason: string | null;
}

import type { Reproduction } from "@lookback/kernel-bridge/ledger/reproduce/reproduction.ts";

export type { Reproduction } from "@lookback/kernel-bridge/ledger/reproduce/reproduction.ts";

export interface ReproduceRequests {
  /**
   * Runs a run again from its restored inputs in a fresh kernel, in a folder of its own, and compares what comes of it; nothing of the person's is written
   * or recorded. Progress arrives as `lookback/runs/reproducing`. Cancellable.
   */
  "lookback/runs/reproduce": { params: { id: string }; result: Reproduction };
}

export interface ReproduceNotifications {
  /** `step` is what is being done now, in words. */
  "lookback/runs/reproducing": { id: string; step: string };
}

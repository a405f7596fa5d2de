import type { JoinPlan } from "@lookback/language/join/plan/join-plan.ts";

export type { JoinFeature, JoinPlan } from "@lookback/language/join/plan/join-plan.ts";

export interface JoinRequests {
  "lookback/join/sets": {
    params: { uri: string };
    result: { name: string; cellId: string | null; line: number }[];
  };
  /** `delays` replaces the delay of views by name, in milliseconds. */
  "lookback/join/plan": {
    params: { uri: string; trainingSet: string; delays?: Record<string, number> };
    result: JoinPlan;
  };
}

import { PLAN_FORMAT, type Plan, type PlanView } from "./plan.ts";
import { planSchema } from "./plan-schema.ts";

/** How one format of `pipeline.json` is checked and understood. */
export interface PlanFormat {
  readonly schema: object;
  /** What the plan says in today's words; the value has been checked against the schema. */
  read(value: unknown): Plan;
}

/** Every format that was ever written, by the name in its `format`. A deployed release is read for as long as it is served. */
export const planFormats: Readonly<Record<string, PlanFormat>> = {
  [PLAN_FORMAT]: {
    schema: planSchema(PLAN_FORMAT, { availability: { enum: ["delay", "created"] } }),
    read: (value) => value as Plan,
  },
  "lookback-pipeline/1": {
    schema: planSchema("lookback-pipeline/1", {}),
    // Every row was available a fixed delay after its event then, whatever it carried.
    read(value) {
      const plan = value as Omit<Plan, "format" | "views"> & {
        views: readonly Omit<PlanView, "availability">[];
      };
      return {
        ...plan,
        format: PLAN_FORMAT,
        views: plan.views.map((view) => ({ ...view, availability: "delay" })),
      };
    },
  },
};

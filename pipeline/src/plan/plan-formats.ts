import { PLAN_FORMAT, type Plan, type PlanModel, type PlanView } from "./plan.ts";
import { ofGraph, planSchema, today } from "./plan-schema.ts";

/** How one format of `pipeline.json` is checked and understood. */
export interface PlanFormat {
  readonly schema: object;
  /** What the plan says in today's words; the value has been checked against the schema. */
  read(value: unknown): Plan;
}

/** Every format that was ever written, by the name in its `format`. A deployed release is read for as long as it is served. */
export const planFormats: Readonly<Record<string, PlanFormat>> = {
  [PLAN_FORMAT]: {
    schema: planSchema(PLAN_FORMAT, today),
    read: (value) => value as Plan,
  },
  "lookback-pipeline/2": {
    schema: planSchema("lookback-pipeline/2", { ...ofGraph, ofView: today.ofView }),
    read: (value) => fromSecond(value as SecondPlan),
  },
  "lookback-pipeline/1": {
    schema: planSchema("lookback-pipeline/1", { ...ofGraph, ofView: {} }),
    // Every row was available a fixed delay after its event then, whatever it carried.
    read(value) {
      const plan = value as Omit<SecondPlan, "views"> & { views: readonly Omit<PlanView, "availability">[] };
      return fromSecond({ ...plan, views: plan.views.map((view) => ({ ...view, availability: "delay" })) });
    },
  },
};

/** Every model was a graph then, which answered one value a row, and what the run read was not said. */
type SecondPlan = Omit<Plan, "format" | "data" | "model"> & {
  readonly model: Omit<PlanModel, "runtime" | "output"> & {
    readonly output: Omit<PlanModel["output"], "names"> & { readonly tensor: string };
  };
};

function fromSecond(plan: SecondPlan): Plan {
  const { tensor, ...output } = plan.model.output;
  return {
    ...plan,
    format: PLAN_FORMAT,
    data: [],
    model: { ...plan.model, runtime: { kind: "onnx", tensor }, output: { ...output, names: null } },
  };
}

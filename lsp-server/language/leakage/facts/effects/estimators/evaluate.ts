import { modelName } from "../../calls/model-name.ts";
import { evaluate as evaluated } from "../../calls/score-model.ts";
import { inputsOf } from "../../formulas/columns-of.ts";
import type { Reference } from "../../values/reference.ts";
import type { EstimatorCall } from "./estimator-call.ts";
import { transform } from "./transform.ts";

/** It answers about rows, or scores them. */
export function evaluate(of: EstimatorCall): Reference {
  const { program, value, model, role, name, given, at } = of;
  if (role === "transformer" && name.startsWith("predict")) return transform(of);
  const formula = model.held?.formula ?? null;
  const met = given && formula ? { ...given, value: inputsOf(program, formula, given.value) } : given;
  return evaluated(program, modelName(program, value, at), model, name, met, at, of.owner);
}

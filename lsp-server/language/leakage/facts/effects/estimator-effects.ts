import type { EstimatorEffect } from "../../api/effects.ts";
import type { Reference } from "../values/reference.ts";
import type { EstimatorCall } from "./estimators/estimator-call.ts";
import { evaluate } from "./estimators/evaluate.ts";
import { fit } from "./estimators/fit.ts";
import { flow } from "./estimators/flow.ts";
import { itself } from "./estimators/itself.ts";
import { learner } from "./estimators/learner.ts";
import { names } from "./estimators/names.ts";
import { resample } from "./estimators/resample.ts";
import { split } from "./estimators/split.ts";
import { codes, fitPredict, fitTransform, transform } from "./estimators/transform.ts";

/** What each effect of a method of estimators does. */
export const estimatorEffects: { readonly [id in EstimatorEffect]: (of: EstimatorCall) => Reference } = {
  codes,
  evaluate,
  fit,
  "fit-predict": fitPredict,
  "fit-transform": fitTransform,
  flow,
  itself,
  learner,
  names,
  resample,
  split,
  transform,
};

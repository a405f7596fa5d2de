import type { Reference } from "../../values/value.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** The estimator again: `compile`, `set_params`. */
export function itself({ owner }: EstimatorCall): Reference {
  return owner;
}

import { derived } from "../../values/derive.ts";
import { unknown } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** About each row by itself, or about no row. */
export function byRow({ program, given }: EstimatorCall): Reference {
  return program.store.allocate(given ? derived(program, [given.value]) : unknown);
}

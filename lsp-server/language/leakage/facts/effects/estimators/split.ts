import { folds } from "../../calls/split-rows.ts";
import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** The folds of a splitter. */
export function split({ program, owner, value, role, given, at }: EstimatorCall): Reference {
  return role === "splitter" ? folds(program, owner, value, given, at) : program.store.allocate(unknown);
}

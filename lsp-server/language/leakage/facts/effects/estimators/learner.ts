import { blankModel } from "../../calls/roles.ts";
import { asModel, scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** What it learns, for an optimizer: a layer alone, of which that is asked, is a model. */
export function learner({ program, owner, value }: EstimatorCall): Reference {
  if (value.model === null) {
    program.store.write(owner, asModel(value, blankModel));
    program.madeIn.set(owner, program.turns);
  }
  return program.store.allocate(scalar(undefined));
}

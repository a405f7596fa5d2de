import { scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** Which columns it chose or made. */
export function names({ program, model }: EstimatorCall): Reference {
  return program.store.allocate(scalar(undefined, { marks: model.learned, columns: noTraits.columns }));
}

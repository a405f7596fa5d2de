import { choosing } from "../../values/decided.ts";
import { unionMarks } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** The estimator again: `compile`, `set_params`. */
export function itself({ program, owner, value, model, args }: EstimatorCall): Reference {
  const chosenBy = choosing(
    program,
    args.map((arg) => arg.value),
  );
  if (value.model && chosenBy.size > 0)
    program.store.write(owner, {
      ...value,
      model: { ...model, chosenBy: unionMarks(model.chosenBy, chosenBy) },
    });
  return owner;
}

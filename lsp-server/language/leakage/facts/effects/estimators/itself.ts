import { choosing } from "../../values/decided.ts";
import type { Reference } from "../../values/reference.ts";
import { unionMarks } from "../../values/traits.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** The estimator again: `compile`, `set_params`. */
export function itself({ program, owner, value, model, name, args }: EstimatorCall): Reference {
  const chosenBy = choosing(
    program,
    args.map((arg) => arg.value),
  );
  const isReset = model.isReset || /^(set_weights|load_state_dict)$/.test(name);
  if (value.model && (isReset || chosenBy.size > 0))
    program.store.write(owner, {
      ...value,
      model: { ...model, isReset, chosenBy: unionMarks(model.chosenBy, chosenBy) },
    });
  return owner;
}

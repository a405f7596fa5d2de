import { choosing } from "../../values/decided.ts";
import { scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import type { FunctionCall } from "../effect.ts";

/** The same number as another kind of number: a score, or what was chosen by one, stays that. `int(np.argmin(errors))`. */
export function number({ program, args }: FunctionCall): Reference {
  const marks = choosing(
    program,
    args.map((arg) => arg.value),
  );
  return program.store.allocate(scalar(undefined, { marks, columns: noTraits.columns }));
}

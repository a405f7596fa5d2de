import { scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { shuffled } from "../../values/shuffled.ts";
import type { FunctionCall } from "../effect.ts";

/** `np.random.shuffle(rows)`: the very rows in another order, and no answer. */
export function shuffle({ program, args: [first], call }: FunctionCall): Reference {
  const { store } = program;
  if (first) store.write(first.reference, shuffled(first.value, call.at));
  return store.allocate(scalar(null));
}

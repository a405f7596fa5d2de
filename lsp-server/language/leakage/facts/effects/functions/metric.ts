import { scoresOf } from "../../calls/judge-answers.ts";
import { scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import type { FunctionCall } from "../effect.ts";

/** A score of answers against the truth; whatever is chosen by it has seen both. */
export function metric({ program, name, args, call }: FunctionCall): Reference {
  const values = args.map((arg) => arg.value);
  const marks = scoresOf(program, name, values, call.at);
  return program.store.allocate(scalar(undefined, { marks, columns: noTraits.columns }));
}

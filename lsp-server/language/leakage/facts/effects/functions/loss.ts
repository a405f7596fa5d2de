import { scoresOf } from "../../calls/judge-answers.ts";
import { derived } from "../../values/derive.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import { withTraits } from "../../values/value-traits.ts";
import type { FunctionCall } from "../effect.ts";

/** How far answers are from the truth: a score, and what `backward` learns by. */
export function loss({ program, name, args, call }: FunctionCall): Reference {
  const values = args.map((arg) => arg.value);
  const marks = scoresOf(program, name, values, call.at);
  return program.store.allocate(withTraits(derived(program, values), { marks, columns: noTraits.columns }));
}

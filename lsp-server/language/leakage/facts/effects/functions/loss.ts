import { noteScored } from "../../calls/score-model.ts";
import { derived } from "../../values/derive.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** How far answers are from the truth: a score, and what `backward` learns by. */
export function loss({ program, args }: FunctionCall): Reference {
  const values = args.map((arg) => arg.value);
  noteScored(program, values);
  return program.store.allocate(derived(program, values));
}

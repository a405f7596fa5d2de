import { noteScored } from "../../calls/score-model.ts";
import { scalar } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** A score of answers against the truth. */
export function metric({ program, args }: FunctionCall): Reference {
  noteScored(
    program,
    args.map((arg) => arg.value),
  );
  return program.store.allocate(scalar(undefined));
}

import { markOf } from "../../values/learn.ts";
import { noTraits, scalar, unionTraits } from "../../values/traits.ts";
import type { Mark, Reference } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";
import { historyOf } from "../effect.ts";

/** The moment in which the notebook runs. */
export function clock(of: FunctionCall): Reference {
  const mark = clockMark(of);
  const traits = { marks: new Map([[mark.id, mark]]), columns: noTraits.columns };
  return of.program.store.allocate(scalar(undefined, unionTraits(traits, historyOf(of.program, of.args))));
}

export function clockMark({ name, call }: Pick<FunctionCall, "name" | "call">): Mark {
  return markOf("clock", name, call.at, null);
}

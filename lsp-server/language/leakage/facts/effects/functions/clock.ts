import { scalar } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Mark } from "../../values/mark.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits, unionTraits } from "../../values/traits.ts";
import { type FunctionCall, historyOf } from "../effect.ts";

/** The moment in which the notebook runs. */
export function clock(of: FunctionCall): Reference {
  const mark = clockMark(of);
  const traits = { marks: new Map([[mark.id, mark]]), columns: noTraits.columns };
  return of.program.store.allocate(scalar(undefined, unionTraits(traits, historyOf(of.program, of.args))));
}

export function clockMark({ name, call }: Pick<FunctionCall, "name" | "call">): Mark {
  return markOf("clock", name, call.at, null);
}

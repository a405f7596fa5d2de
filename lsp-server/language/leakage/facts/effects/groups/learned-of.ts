import { markOf } from "../../values/learn.ts";
import { allTraits, marked, unionTraits } from "../../values/traits.ts";
import type { Traits } from "../../values/value.ts";
import { historyOf, type MethodCall } from "../effect.ts";

/** What a statistic of each group carries to the rows it stands beside. */
export function learnedOf({ program, value, name, args, call }: MethodCall): Traits {
  const mark = { ...markOf("statistic", name, call.at, value.rows), of: value.column };
  return marked(unionTraits(allTraits(value, program.store.read), historyOf(program, args)), mark);
}

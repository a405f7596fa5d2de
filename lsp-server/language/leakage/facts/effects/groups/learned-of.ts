import { allTraits, marked, unionTraits } from "../../values/traits.ts";
import type { Traits } from "../../values/value.ts";
import { alongMark } from "../along.ts";
import { historyOf, type MethodCall } from "../effect.ts";

/** What a statistic of each group carries to the rows it stands beside. */
export function learnedOf(of: MethodCall): Traits {
  const { program, value, args } = of;
  const traits = unionTraits(allTraits(value, program.store.read), historyOf(program, args));
  return marked(traits, alongMark("statistic", of));
}

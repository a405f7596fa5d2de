import { constantOf } from "../../values/kinds.ts";
import { marked, type Traits, unionTraits } from "../../values/traits.ts";
import { allTraits } from "../../values/value-traits.ts";
import { alongMark } from "../along.ts";
import { countsRows } from "../counts.ts";
import { firstOf, historyOf, type MethodCall } from "../effect.ts";

/** What a statistic of each group carries to the rows it stands beside. */
export function learnedOf(of: MethodCall): Traits {
  const { program, value, args } = of;
  const traits = unionTraits(allTraits(value, program.store.read), historyOf(program, args));
  // How many rows a group has says nothing of what they hold.
  const asked = constantOf(firstOf(args));
  const isCount = of.name === "transform" && countsRows(String(asked));
  const mark = alongMark("statistic", of);
  return marked(traits, isCount ? { ...mark, label: String(asked), of: null } : mark);
}

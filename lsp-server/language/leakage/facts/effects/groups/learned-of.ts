import { noFrame } from "../../values/frame-facts.ts";
import { constantOf } from "../../values/kinds.ts";
import { isTimeColumn, timeOrderOf } from "../../values/time-order.ts";
import { marked, type Traits, unionTraits } from "../../values/traits.ts";
import type { Constant } from "../../values/value.ts";
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
  const mark = alongMark(isOfFirst(of, asked) ? "carried" : "statistic", of);
  return marked(traits, isCount ? { ...mark, label: String(asked), of: null } : mark);
}

/** What the first row of each group says, in the order of time, or when that was: every later row has it behind. */
function isOfFirst({ name, value: { column, frame } }: MethodCall, asked: Constant): boolean {
  if (name !== "transform") return false;
  if (asked === "min" && column !== null && isTimeColumn(frame ?? noFrame, column)) return true;
  return asked === "first" && timeOrderOf(frame)?.isDescending === false;
}

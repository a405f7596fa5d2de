import { noFrame } from "../../values/frame-facts.ts";
import { constantOf } from "../../values/kinds.ts";
import type { Mark } from "../../values/mark.ts";
import { isTimeColumn, timeOrderOf } from "../../values/time-order.ts";
import { marked, type Traits, unionTraits } from "../../values/traits.ts";
import type { Constant } from "../../values/value.ts";
import { allTraits } from "../../values/value-traits.ts";
import { alongMark } from "../along.ts";
import { countsRows } from "../counts.ts";
import { firstOf, historyOf, type MethodCall } from "../effect.ts";
import { statisticName } from "./statistic-name.ts";

/** What a statistic of each group carries to the rows it stands beside; `inside` says which it is, where a function of the notebook's own computes it. */
export function learnedOf(of: MethodCall, inside: readonly Mark[] = []): Traits {
  const { program, value, args } = of;
  const traits = unionTraits(allTraits(value, program.store.read), historyOf(program, args));
  const mark = alongMark(isOfFirst(of, constantOf(firstOf(args))) ? "carried" : "statistic", of);
  const label = inside[0]?.label ?? statisticName(of);
  const isFilling = inside.length > 0 && inside.every((one) => one.isFilling);
  // How many rows a group has says nothing of what they hold.
  return marked(traits, { ...mark, label, isFilling, of: countsRows(label) ? null : mark.of });
}

/** What the first row of each group says, in the order of time, or when that was: every later row has it behind. */
function isOfFirst({ name, value: { column, frame } }: MethodCall, asked: Constant): boolean {
  if (name !== "transform") return false;
  if (asked === "min" && column !== null && isTimeColumn(frame ?? noFrame, column)) return true;
  return asked === "first" && timeOrderOf(frame)?.isDescending === false;
}

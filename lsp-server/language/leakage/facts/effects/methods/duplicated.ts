import { argument, constantArgument, textsOf } from "../../calls/arguments.ts";
import { asMask } from "../../values/kinds.ts";
import { timeOrderOf } from "../../values/time-order.ts";
import { noTraits, unionTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { traitsOfColumn, withMark } from "../../values/value-traits.ts";
import { alongMark } from "../along.ts";
import type { MethodCall } from "../effect.ts";

/** A mask of the rows whose like stands before them; kept to the last, or to none, it says what stands behind. */
export function duplicated(of: MethodCall): Value {
  const { program, value, args } = of;
  const isColumn = value.column !== null;
  const keep = constantArgument(args, isColumn ? 0 : 1, "keep") ?? "first";
  const names = isColumn ? null : textsOf(argument(args, 0, "subset"), program.store.read);
  const rest = names
    ? names.map((name) => traitsOfColumn(value, name)).reduce(unionTraits, noTraits)
    : value.rest;
  const mask = asMask({ ...value, columns: names ? null : value.columns, rest }, []);
  const order = timeOrderOf(value.frame);
  const isAhead = keep === false || (keep === "last") !== (order?.isDescending === true);
  return order && isAhead ? withMark(mask, { ...alongMark("ahead", of), of: null }) : mask;
}

import { asData } from "../../values/kinds.ts";
import type { Mark } from "../../values/mark.ts";
import { noTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { mapMarks, withMark } from "../../values/value-traits.ts";
import { countsRows } from "../counts.ts";
import type { MethodCall } from "../effect.ts";
import { runningMark } from "../running-mark.ts";

/** Answers beside each row: of a window that was opened before, or of earlier rows of the group alone. */
export function rows(of: MethodCall): Value {
  const { value, name } = of;
  // A window says how it opened.
  if (value.kind === "grouped" && value.isWindow) return asData(name === "sum" ? summed(value) : value);
  // How many rows came before says nothing of what they hold.
  const told = countsRows(name) ? { ...value, column: null, columns: null, rest: noTraits } : value;
  return asData(withMark(told, runningMark(of)));
}

/** What stands in the window that was opened last, added up. */
function summed(value: Value): Value {
  const isWindow = ({ along }: Mark): boolean => along?.isOwnRowIn === true;
  const last = [...value.rest.marks.values()].findLast(isWindow);
  return mapMarks(value, (mark) =>
    mark.along && mark.id === last?.id ? { ...mark, along: { ...mark.along, isSum: true } } : mark,
  );
}

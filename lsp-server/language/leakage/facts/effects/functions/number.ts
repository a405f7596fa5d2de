import { scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** The same number as another kind of number: `int(np.argmin(errors))`. */
export function number({ program, args }: FunctionCall): Reference {
  const [first] = args;
  const marks = first && isNumber(first.value) ? first.value.rest.marks : noTraits.marks;
  return program.store.allocate(scalar(undefined, { marks, columns: noTraits.columns }));
}

/** Whether it is one, or what a call made of no rows. */
function isNumber({ kind, rows }: Value): boolean {
  return kind === "scalar" || rows?.tables.every((table) => table.startsWith("call:")) === true;
}

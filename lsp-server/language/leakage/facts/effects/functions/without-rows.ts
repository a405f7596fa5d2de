import { argument, constantArgument } from "../../calls/arguments.ts";
import { columnsBut } from "../../expressions/columns-by-place.ts";
import { boundOf, flipLimits } from "../../expressions/masks.ts";
import { anyColumns } from "../../expressions/select-rows.ts";
import { constantOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { limitedBy } from "../../values/rows.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** `np.delete(X, rows, axis=0)`: the rows that `X[rows]` leaves; over `axis=1`, the columns that are left. */
export function withoutRows({ program, args }: FunctionCall): Reference {
  const { store } = program;
  const value = firstOf(args) ?? unknown;
  const places = argument(args, 1, "obj");
  const axis = constantArgument(args, 2, "axis");
  if (axis === 1 && places && value.column === null) {
    const items = places.value.items?.map(store.read) ?? [places.value];
    return store.allocate({ ...columnsBut(program, value, items.map(constantOf)), owner: null });
  }
  if (axis === 1 || axis === -1 || !places || !value.rows)
    return store.allocate({ ...value, gone: null, owner: null });
  const cuts = places.value.rows?.limits ?? [];
  const left =
    cuts.length > 0
      ? flipLimits(cuts)
      : [{ cut: `${anyColumns}${boundOf(program, places.expression)}`, side: "no", bound: "" }];
  return store.allocate({ ...value, rows: limitedBy(value.rows, left), owner: null });
}

import { listOf } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { reordered } from "../../values/rows.ts";
import { unordered } from "../../values/time-order.ts";
import { withMark } from "../../values/value-traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** Rows drawn by chance from each array: with `resample` some more than once, with `shuffle` all of them. */
export function resample({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const arrays = args.filter((arg) => arg.name === null);
  const rows = firstOf(args)?.rows ?? null;
  const mark = name === "resample" ? markOf("resample", name, call.at, rows) : null;
  const items = arrays.map(({ value }) =>
    store.allocate({
      ...(mark ? withMark(value, mark) : value),
      rows: value.rows && reordered(value.rows, `drawn ${call.at.cell}:${call.at.from}`),
      frame: unordered(value.frame),
      owner: null,
    }),
  );
  const [only, ...others] = items;
  return only !== undefined && others.length === 0 ? only : store.allocate(listOf(items));
}

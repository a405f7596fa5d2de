import { listOf } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { shuffled } from "../../values/shuffled.ts";
import { withMark } from "../../values/value-traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";
import { byRow } from "./by-row.ts";

/** Rows drawn by chance from each array: with `resample` some more than once, with `shuffle` and `permutation` all of them. */
export function resample(of: FunctionCall): Reference {
  const { program, name, args, call } = of;
  const { store } = program;
  // Of a number, the places up to it.
  if (firstOf(args)?.kind === "scalar") {
    const places = byRow(of);
    store.write(places, shuffled(store.read(places), call.at));
    return places;
  }
  const arrays = args.filter((arg) => arg.name === null);
  const rows = firstOf(args)?.rows ?? null;
  const mark = name === "resample" ? markOf("resample", name, call.at, rows) : null;
  const items = arrays.map(({ value }) =>
    store.allocate({ ...shuffled(mark ? withMark(value, mark) : value, call.at), owner: null }),
  );
  const [only, ...others] = items;
  return only !== undefined && others.length === 0 ? only : store.allocate(listOf(items));
}

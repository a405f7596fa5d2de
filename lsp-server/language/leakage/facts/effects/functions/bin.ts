import { argument } from "../../calls/arguments.ts";
import { derived } from "../../values/derive.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** `pd.cut`, `pd.qcut`: into bins that are written out, or found by what the rows hold. */
export function bin({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const bins = argument(args, 1, "bins", "q");
  const isCounted =
    name === "qcut" || (bins !== null && bins.value.items === null && bins.value.kind === "scalar");
  const value = derived(
    program,
    args.slice(0, 2).map((arg) => arg.value),
  );
  const rows = firstOf(args)?.rows ?? null;
  return store.allocate(isCounted ? withMark(value, markOf("statistic", name, call.at, rows)) : value);
}

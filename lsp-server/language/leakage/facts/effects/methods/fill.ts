import { constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import type { Passed, Value } from "../../values/value.ts";
import { mapMarks, withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { filled, type Way } from "../filled.ts";
import { withColumnsOf } from "../with-columns.ts";
import { byRow } from "./by-row.ts";

/** `fillna` and its kin: by a value, by earlier or later rows, or (polars) by a statistic. */
export function fill(of: MethodCall): Value {
  const { value, name, args, call } = of;
  const kept = withColumnsOf(of.program, byRow({ ...of, args: args.map(asFilling) }), args);
  const way = wayOf(of);
  if (way !== null) return filled(kept, of, way);
  return /^(mean|min|max)$/.test(howOf(of))
    ? withMark(kept, { ...markOf("statistic", name, call.at, value.rows), isFilling: true })
    : kept;
}

/** From which rows it fills; null where it fills by a value. */
export function wayOf(of: Pick<MethodCall, "name" | "args">): Way | null {
  if (/^(ffill|pad|forward_fill)$/.test(of.name)) return "forward";
  const how = howOf(of);
  if (/^(bfill|backfill|backward|nearest)$/.test(how)) return "backward";
  return /^(ffill|pad|forward)$/.test(how) ? "forward" : null;
}

/** The statistics of what fills, as such. */
export function asFilling(arg: Passed): Passed {
  return {
    ...arg,
    value: mapMarks(arg.value, (mark) =>
      mark.kind === "statistic" ? { ...mark, id: `${mark.id} fills`, isFilling: true } : mark,
    ),
  };
}

function howOf({ args }: Pick<MethodCall, "args">): string {
  return String(constantArgument(args, -1, "method", "strategy") ?? "");
}

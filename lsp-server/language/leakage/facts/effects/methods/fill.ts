import { constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import { mapMarks, withMark } from "../../values/traits.ts";
import type { Passed, Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { byRow } from "./by-row.ts";

/** `fillna` and its kin: by a value, by earlier or later rows, or (polars) by a statistic. */
export function fill(of: MethodCall): Value {
  const { value, name, args, call } = of;
  const kept = byRow({ ...of, args: args.map(asFilling) });
  const how = String(constantArgument(args, -1, "method", "strategy") ?? "");
  if (/^(bfill|backfill|backward|nearest)$/.test(how))
    return withMark(kept, markOf("ahead", name, call.at, value.rows));
  return /^(mean|min|max)$/.test(how)
    ? withMark(kept, { ...markOf("statistic", name, call.at, value.rows), isFilling: true })
    : kept;
}

/** The statistics of what fills, as such. */
function asFilling(arg: Passed): Passed {
  return {
    ...arg,
    value: mapMarks(arg.value, (mark) =>
      mark.kind === "statistic" ? { ...mark, id: `${mark.id} fills`, isFilling: true } : mark,
    ),
  };
}

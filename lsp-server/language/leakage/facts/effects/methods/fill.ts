import { constantArgument } from "../../calls/arguments.ts";
import { markOf } from "../../values/learn.ts";
import { withMark } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { byRow } from "./by-row.ts";

/** `fillna` and its kin: by a value, by earlier or later rows, or (polars) by a statistic. */
export function fill(of: MethodCall): Value {
  const { value, name, args, call } = of;
  const kept = byRow(of);
  const how = String(constantArgument(args, -1, "method", "strategy") ?? "");
  if (/^(bfill|backfill|backward|nearest)$/.test(how))
    return withMark(kept, markOf("ahead", name, call.at, value.rows));
  return /^(mean|min|max)$/.test(how) ? withMark(kept, markOf("statistic", name, call.at, value.rows)) : kept;
}

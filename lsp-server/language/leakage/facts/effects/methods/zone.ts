import { argument } from "../../calls/arguments.ts";
import { constantOf } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";

/** The same moments by another clock, or by none: `tz_localize`, `tz_convert`. */
export function zone({ value, args, call }: MethodCall): Value {
  const given = constantOf(argument(args, 0, "tz", "time_zone")?.value);
  if (given === undefined) return value;
  const before = [...value.rest.marks.values()].findLast(({ kind }) => kind === "zone")?.label;
  const isKnown = before !== undefined && !before.startsWith("no zone");
  const label = given === null ? (isKnown ? `no zone, from ${before}` : "no zone") : String(given);
  return withMark(value, markOf("zone", label, call.at, value.rows));
}

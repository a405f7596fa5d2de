import { constantArgument } from "../../calls/arguments.ts";
import { derived } from "../../values/derive.ts";
import { asData, constantOf, inForm, unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";
import { clockMark } from "./clock.ts";

/** Texts or numbers as moments. */
export function moments(of: FunctionCall): Reference {
  const { program, name, args, call } = of;
  const first = firstOf(args) ?? unknown;
  const value = first.columns
    ? derived(
        program,
        args.map((arg) => arg.value),
      )
    : first;
  const made = inForm({ ...asData(value), owner: null }, "moments");
  const constant = constantOf(first);
  if (constant === "now" || constant === "today")
    return program.store.allocate(withMark(made, clockMark(of)));
  const zone = constantArgument(args, -1, "utc") === true ? "UTC" : "no zone";
  return program.store.allocate(
    name === "to_datetime" ? withMark(made, markOf("zone", zone, call.at, value.rows)) : made,
  );
}

import { constantArgument } from "../../calls/arguments.ts";
import { unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** The same rows, with values of later ones; rolled forward, of earlier ones. */
export function ahead({ program, name, args, call }: FunctionCall): Reference {
  const first = firstOf(args) ?? unknown;
  const places = name === "roll" ? constantArgument(args, 1, "shift", "shifts") : null;
  const kind = typeof places === "number" && places > 0 ? "lag" : "ahead";
  const value = { ...first, owner: null };
  return program.store.allocate(withMark(value, markOf(kind, name, call.at, first.rows)));
}

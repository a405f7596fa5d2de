import { argument, textsOf } from "../../calls/arguments.ts";
import { rankedPath } from "../../expressions/select-rows.ts";
import { noFrame } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** The same rows in another order. */
export function order({ program, value, args, call }: MethodCall): Value {
  const by = textsOf(argument(args, 0, "by"), program.store.read)?.[0];
  const sortedBy = by === undefined ? null : { column: by, at: call.at };
  const path = value.column === null ? value.path : rankedPath;
  return { ...value, path, frame: { ...(value.frame ?? noFrame), sortedBy } };
}

import { argument, textsOf } from "../../calls/arguments.ts";
import { noFrame } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** `frame.groupby(keys)`. */
export function group({ program, value, args }: MethodCall): Value {
  const keys = textsOf(argument(args, 0, "by", "rule"), program.store.read);
  return { ...value, kind: "grouped", path: null, frame: { ...(value.frame ?? noFrame), isOneRowPer: keys } };
}

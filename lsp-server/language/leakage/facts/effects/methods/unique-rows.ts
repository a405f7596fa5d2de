import { argument, textsOf } from "../../calls/arguments.ts";
import { noFrame } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** One row for each of what its columns hold. */
export function uniqueRows({ program, value, args }: MethodCall): Value {
  const subset = textsOf(argument(args, 0, "subset"), program.store.read);
  return { ...value, frame: { ...(value.frame ?? noFrame), isOneRowPer: subset } };
}

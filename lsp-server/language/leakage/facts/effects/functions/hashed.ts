import { derived } from "../../values/derive.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
import type { FunctionCall } from "../effect.ts";

/** What stands for each value, and does not tell it. */
export function hashed({ program, name, args, call }: FunctionCall): Reference {
  const value = derived(
    program,
    args.map((arg) => arg.value),
  );
  return program.store.allocate(withMark(value, markOf("hashed", name, call.at, value.rows)));
}

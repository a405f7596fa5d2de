import { unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** The same rows, with values of later ones. */
export function ahead({ program, name, args, call }: FunctionCall): Reference {
  const first = firstOf(args) ?? unknown;
  return program.store.allocate(
    withMark({ ...first, owner: null }, markOf("ahead", name, call.at, first.rows)),
  );
}

import { bindAttribute } from "../../expressions/bind-target.ts";
import { readAttribute } from "../../expressions/read-attribute.ts";
import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { changeUnfollowed, notFollowed } from "../../values/unfollowed.ts";
import type { FunctionCall } from "../effect.ts";
import { callableOf } from "./callable-of.ts";

/** `getattr(x, name)`. */
export function getAttribute({ program, args, call }: FunctionCall): Reference | null {
  const [first, second] = args;
  if (!first || !second) return null;
  if (typeof second.value.constant === "string")
    return readAttribute(program, first.reference, second.value.constant, call.at);
  const what = notFollowed(program.textOf(call.at));
  return callableOf(program, { op: "unfollowed", of: first.reference, what });
}

/** `setattr(x, name, value)`. */
export function setAttribute({ program, args, call }: FunctionCall): Reference | null {
  const [first, second, third] = args;
  if (!first || !second || !third) return null;
  if (typeof second.value.constant === "string")
    bindAttribute(program, first.reference, second.value.constant, third.reference);
  else changeUnfollowed(program, notFollowed(program.textOf(call.at)), [first.reference], call.at);
  return program.store.allocate(unknown);
}

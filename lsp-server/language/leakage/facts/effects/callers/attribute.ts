import { bindAttribute } from "../../expressions/bind-target.ts";
import { readAttribute } from "../../expressions/read-attribute.ts";
import { joinValues } from "../../values/join-values.ts";
import { constantOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { changeUnfollowed, notFollowed } from "../../values/unfollowed.ts";
import type { FunctionCall } from "../effect.ts";
import { callableOf } from "./callable-of.ts";

/** `getattr(x, name)`. */
export function getAttribute({ program, args, call }: FunctionCall): Reference | null {
  const [first, second, third] = args;
  if (!first || !second) return null;
  const name = constantOf(second.value);
  if (typeof name === "string") {
    const own = readAttribute(program, first.reference, name, call.at);
    if (!third || first.value.entries?.has(name)) return own;
    const { store } = program;
    return store.allocate({ ...joinValues(store.read(own), third.value), isOptional: true });
  }
  const what = notFollowed(program.textOf(call.at));
  return callableOf(program, { op: "unfollowed", of: first.reference, what });
}

/** `setattr(x, name, value)`. */
export function setAttribute({ program, args, call }: FunctionCall): Reference | null {
  const [first, second, third] = args;
  if (!first || !second || !third) return null;
  const name = constantOf(second.value);
  if (typeof name === "string") bindAttribute(program, first.reference, name, third.reference);
  else changeUnfollowed(program, notFollowed(program.textOf(call.at)), [first.reference], call.at);
  return program.store.allocate(unknown);
}

import { constantOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { type FunctionCall, firstOf } from "../effect.ts";
import { callableOf } from "./callable-of.ts";

/** `methodcaller(name, …)`. */
export function methodCaller({ program, args }: FunctionCall): Reference | null {
  const name = constantOf(firstOf(args));
  return typeof name === "string" ? callableOf(program, { op: "caller", name, args: args.slice(1) }) : null;
}

/** `attrgetter(name)`. */
export function attributeGetter({ program, args }: FunctionCall): Reference | null {
  const name = constantOf(firstOf(args));
  return typeof name === "string" ? callableOf(program, { op: "getter", name }) : null;
}

import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { type FunctionCall, firstOf } from "../effect.ts";
import { productOf } from "../product-of.ts";

/** Of matrices: each answer is made of all rows of the right one. */
export function product({ program, name, args, call }: FunctionCall): Reference {
  const left = firstOf(args) ?? unknown;
  const right = args[1]?.value;
  return program.store.allocate(right ? productOf(program, left, right, name, call.at) : left);
}

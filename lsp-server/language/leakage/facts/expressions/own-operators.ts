import type { Place } from "../../ir.ts";
import { passedAt } from "../calls/arguments.ts";
import type { Program } from "../program.ts";
import type { Reference } from "../values/reference.ts";

/** What an operator does that a class of the notebook's own defines: `__or__` of the left side, or `__ror__` of the right; else null. */
export function readOwnOperator(
  program: Program,
  operator: string,
  left: Reference,
  right: Reference,
  at: Place,
  isAugmented = false,
): Reference | null {
  const { store } = program;
  const name = names[operator];
  if (name === undefined) return null;
  const { methods } = store.read(left).code ?? {};
  const own = (isAugmented ? methods?.get(`__i${name}__`) : undefined) ?? methods?.get(`__${name}__`);
  if (own) return program.invoke({ ...own, self: left }, [passedAt(program, right, at)]);
  const mirrored = store.read(right).code?.methods?.get(`__r${name}__`);
  if (mirrored) return program.invoke({ ...mirrored, self: right }, [passedAt(program, left, at)]);
  return null;
}

const names: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "@": "matmul",
  "&": "and",
  "|": "or",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
};

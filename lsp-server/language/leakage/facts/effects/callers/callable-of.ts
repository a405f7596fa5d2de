import type { Program } from "../../program.ts";
import { unknown } from "../../values/traits.ts";
import type { Callable, Reference } from "../../values/value.ts";

/** Something that can be called later. */
export function callableOf(program: Program, callable: Callable): Reference {
  return program.store.allocate({ ...unknown, callable });
}

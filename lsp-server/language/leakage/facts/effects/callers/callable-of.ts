import type { Program } from "../../program.ts";
import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { Callable } from "../../values/value.ts";

/** Something that can be called later. */
export function callableOf(program: Program, callable: Callable): Reference {
  return program.store.allocate({ ...unknown, callable });
}

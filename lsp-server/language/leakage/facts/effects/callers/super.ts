import { superOf } from "../../calls/call-own.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** `super()`. */
export function superObject({ program }: FunctionCall): Reference {
  return program.store.allocate(superOf(program));
}

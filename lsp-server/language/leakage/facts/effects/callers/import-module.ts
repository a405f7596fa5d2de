import { constantOf, libraryName } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** `importlib.import_module(name)`. */
export function importModule({ program, args }: FunctionCall): Reference | null {
  const path = constantOf(firstOf(args));
  return typeof path === "string" ? program.store.allocate(libraryName(path)) : null;
}

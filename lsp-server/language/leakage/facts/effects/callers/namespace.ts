import { names } from "../../calls/call-names.ts";
import type { Reference } from "../../values/reference.ts";
import { attributesOf } from "../containers/attributes-of.ts";
import type { FunctionCall } from "../effect.ts";

/** The notebook's names, or the attributes of what it is given. */
export function namespace({ program, args }: FunctionCall): Reference {
  const [first] = args;
  if (!first || first.value.kind === "names") return program.store.allocate(names);
  return attributesOf(program, first.reference);
}

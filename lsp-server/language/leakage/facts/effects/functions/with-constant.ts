import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import type { FunctionCall } from "../effect.ts";

/** The same columns, and one that is the same for all rows. */
export function withConstant({ program, args }: FunctionCall): Reference {
  const { value = unknown } = args[0] ?? {};
  const columns = value.columns && new Map([...value.columns, ["const", noTraits] as const]);
  return program.store.allocate({ ...value, owner: null, columns });
}

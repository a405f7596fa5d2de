import { scalar } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** An answer that carries no data. */
export function nothing({ program }: FunctionCall): Reference {
  return program.store.allocate(scalar(undefined));
}

import { scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** An answer that carries no data. */
export function nothing({ program }: FunctionCall): Reference {
  return program.store.allocate(scalar(undefined));
}

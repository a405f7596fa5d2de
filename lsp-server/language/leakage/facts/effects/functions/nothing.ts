import { scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** An answer that carries no data; of a class, what was made of it. */
export function nothing({ program, name, path }: FunctionCall): Reference {
  return program.store.allocate({ ...scalar(undefined), path: /^[A-Z]/.test(name) ? path : null });
}

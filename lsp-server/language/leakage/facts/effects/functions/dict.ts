import { dictOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** Entries by name. */
export function dict({ program, args }: FunctionCall): Reference {
  const entries = new Map(
    args.flatMap((arg) => (arg.name === null ? [] : [[arg.name, arg.reference] as const])),
  );
  return program.store.allocate(dictOf(entries));
}

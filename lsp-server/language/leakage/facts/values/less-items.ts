import type { Program } from "../program.ts";
import { constantOf } from "./kinds.ts";
import type { Value } from "./value.ts";

/** A list without the items of some values; where those are not known, nobody knows which are left. */
export function lessItems(
  { store }: Program,
  list: Value & { readonly items: NonNullable<Value["items"]> },
  names: readonly Value[],
): Value {
  const gone = new Set(names.map(constantOf));
  return {
    ...list,
    items: list.items.filter((item) => {
      const constant = constantOf(store.read(item));
      return constant === undefined || !gone.has(constant);
    }),
    gone: gone.has(undefined) ? null : list.gone,
  };
}

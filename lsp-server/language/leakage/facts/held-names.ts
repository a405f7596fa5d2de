import type { Statement } from "../ir.ts";
import type { Data } from "./values/data.ts";
import { dataOf } from "./values/data-of.ts";
import type { Store } from "./values/store.ts";

/** What the notebook's names hold when all of it has run, where that is data. Each is said to stand in the first statement: a name stands nowhere. */
export function heldNames(store: Store, cells: readonly (readonly Statement[])[]): ReadonlyMap<string, Data> {
  const held = new Map<string, Data>();
  const at = cells.find((cell) => cell.length > 0)?.[0]?.at;
  if (at === undefined) return held;
  for (const [name, reference] of store.globals()) {
    const value = store.read(reference);
    if (value.kind === "data") held.set(name, dataOf(value, at, store.read));
  }
  return held;
}

import type { Program } from "../../program.ts";
import { dictOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { Store } from "../../values/store.ts";
import type { Value } from "../../values/value.ts";

/** An object's attributes as a dict, `vars(x)`: what is written into it, the object has. */
export function attributesOf({ store }: Program, object: Reference): Reference {
  return store.allocate({ ...dictOf(store.read(object).entries ?? new Map()), owner: object });
}

/** Gives a dict other entries, and the object whose attributes they are. */
export function writeEntries(store: Store, dict: Reference, entries: Value["entries"]): void {
  const { owner } = store.read(dict);
  store.write(dict, { ...store.read(dict), entries });
  if (owner !== null && store.read(owner).kind !== "data")
    store.write(owner, { ...store.read(owner), entries });
}

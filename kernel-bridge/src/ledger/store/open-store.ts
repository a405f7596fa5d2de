import { findStore } from "./find-store.ts";
import { layStore } from "./lay-store.ts";
import type { WritableStore } from "./store.ts";

/** Opens the store of the workspace that a folder belongs to, for writing, and lays an empty one where there is none: as `findStore` finds it. */
export async function openStore(folder: string): Promise<WritableStore> {
  return layStore(await findStore(folder));
}

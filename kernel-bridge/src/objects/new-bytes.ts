import { chunkPlaces } from "./chunk-index.ts";
import type { ObjectStore } from "./object-store.ts";
import { readRecipe } from "./recipe.ts";

/** How many bytes of a stored file are in no chunk of another; null when one of them is not stored. Nothing of either is read. */
export async function newBytes(store: ObjectStore, before: string, after: string): Promise<number | null> {
  const recipes = await Promise.all(
    [before, after].map((sha256) => readRecipe(store, sha256).catch(() => null)),
  );
  const [old, young] = recipes;
  if (old == null || young == null) return null;
  const known = new Set(old.chunks);
  const places = await chunkPlaces(store);
  let bytes = 0;
  for (const chunk of young.chunks) {
    if (known.has(chunk)) continue;
    const place = places.get(chunk);
    if (place === undefined) return null;
    bytes += place.length;
  }
  return bytes;
}

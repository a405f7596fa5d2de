import { stat } from "node:fs/promises";
import { type ChunkPlace, chunkPlaces } from "./chunk-index.ts";
import type { ObjectStore } from "./object-store.ts";
import { readRecipe } from "./recipe.ts";

/** Whether a file's bytes are stored, as far as is known without reading them: a segment that is gone or cut short holds none. */
export async function hasFile(store: ObjectStore, sha256: string): Promise<boolean> {
  const recipe = await readRecipe(store, sha256).catch(() => null);
  if (recipe === null) return false;
  const places = await chunkPlaces(store);
  const isWhole = lengthCheck();
  for (const chunk of recipe.chunks) if (!(await isWhole(places.get(chunk)))) return false;
  return true;
}

/** Whether a chunk's segment is there and reaches to the chunk's end; looks at each segment once. */
export function lengthCheck(): (place: ChunkPlace | undefined) => Promise<boolean> {
  const lengths = new Map<string, number>();
  return async (place) => {
    if (place === undefined) return false;
    const { segment, offset, length } = place;
    const size = lengths.get(segment) ?? (await stat(segment).catch(() => ({ size: 0 }))).size;
    lengths.set(segment, size);
    return offset + length <= size;
  };
}

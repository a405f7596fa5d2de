import { shortIdBytes } from "./chunks/chunk-id.ts";
import type { ObjectStore } from "./object-store.ts";
import { catalogOf } from "./segments/catalog.ts";
import { loadDeltas } from "./segments/segment.ts";

/**
 * How many bytes of a stored file are not in another, as far as its chunks tell: those of chunks that the other does not have, and of
 * a chunk that is stored as a change of the other's what was put into it. Null when one of them is not stored. No file's bytes are read.
 */
export async function newBytes(store: ObjectStore, before: string, after: string): Promise<number | null> {
  const catalog = await catalogOf(store);
  const [old, young] = await Promise.all(
    [before, after].map((sha256) => catalog.recipe(sha256).catch(() => null)),
  );
  if (old == null || young == null) return null;
  const known = new Set(old);
  const knownShort = new Set(old.map((id) => id.slice(0, shortIdBytes)));
  let bytes = 0;
  for (const id of young) {
    if (known.has(id)) continue;
    const place = catalog.find(id);
    if (place === undefined) return null;
    const { directory } = place.segment;
    const isDelta = directory.depthAt(place.at) > 0;
    const delta = isDelta ? (await loadDeltas(place.segment))?.[directory.placeAt(place.at)] : undefined;
    const isChange = delta?.bases.every((base) => knownShort.has(base)) ?? false;
    bytes += delta !== undefined && isChange ? delta.literals.length : directory.lengthAt(place.at);
  }
  return bytes;
}

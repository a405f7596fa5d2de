import type { ObjectStore } from "./object-store.ts";
import { catalogOf, wholeCheck } from "./segments/catalog.ts";

/** Whether a file's bytes are stored, as far as is known without reading them: a segment that is gone or cut short holds none. */
export async function hasFile(store: ObjectStore, sha256: string): Promise<boolean> {
  const catalog = await catalogOf(store);
  const recipe = await catalog.recipe(sha256).catch(() => null);
  if (recipe === null) return false;
  const isWhole = wholeCheck(catalog);
  for (const chunk of recipe) if (!(await isWhole(catalog.find(chunk)))) return false;
  return true;
}

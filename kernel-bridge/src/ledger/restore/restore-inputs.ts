import type { DatasetUse, Run } from "../format/run.ts";
import type { Store } from "../store/store.ts";
import { dataOf, type NotRestored } from "./contents-of-run.ts";
import { placeIn, realOrGiven } from "./place-in.ts";
import { putInPlace } from "./put-in-place.ts";

/** Writes what runs of one session read before they wrote it themselves below an empty folder, and answers what could not be. */
export async function restoreInputs(
  store: Store,
  { id }: Pick<Run, "id">,
  datasets: readonly DatasetUse[],
  folder: string,
): Promise<{ readonly missing: readonly NotRestored[]; readonly unstable: readonly string[] }> {
  const { files, missing, unstable } = await dataOf(store, { id, datasets }, true);
  const base = await realOrGiven(folder);
  const placed = [];
  for (const content of files)
    placed.push({ path: await placeIn(base, content.name), content, instead: null });
  await putInPlace(base, placed);
  return { missing, unstable };
}

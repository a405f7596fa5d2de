import { rm } from "node:fs/promises";
import { join } from "node:path";
import { dropJournals } from "../record/drop-journals.ts";
import { sweepStage } from "../restore/put-in-place.ts";
import type { WritableStore } from "../store/store.ts";
import { strayFiles } from "./stray-files.ts";

/**
 * Removes what is in the store and of no use: files being written that were not touched for an hour, strays that are a day old, and the
 * journals of kernels that are gone and recorded. What held recorded bytes stays however damaged it is. What a restore left on another
 * disk goes with the file that tells of it. Answers the strays it removed, as paths from the store's folder.
 */
export async function sweepStore(store: WritableStore): Promise<string[]> {
  await dropJournals(store);
  const old = (await strayFiles(store)).filter(
    ({ ageMs, isTemporary, isDamaged }) => !isDamaged && ageMs > (isTemporary ? hourMs : dayMs),
  );
  for (const { path, isTemporary } of old) if (isTemporary) await sweepStage(join(store.dir, path));
  for (const { path } of old) await rm(join(store.dir, path), { force: true });
  return old.map(({ path }) => path);
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

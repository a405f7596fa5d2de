import { readFileOf } from "../chain/read-commit.ts";
import { readRun } from "../format/read-run.ts";
import type { Run } from "../format/run.ts";
import { readObjects } from "../git/read-objects.ts";
import type { Store } from "../store/store.ts";
import { findRun } from "./find-run.ts";

/** A run, whole, by its id or the beginning of it. */
export async function showRun(store: Store, id: string): Promise<Run> {
  const { commit } = await findRun(store, id);
  return readObjects(store, async (objects) => readRun(await readFileOf(objects, commit, "run.json")));
}

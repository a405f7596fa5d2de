import { readFileOf } from "../chain/read-commit.ts";
import type { Run } from "../format/run.ts";
import type { Store } from "../store/open-store.ts";
import { findRun } from "./find-run.ts";

/** A run, whole, by its id or the beginning of it. */
export async function showRun(store: Store, id: string): Promise<Run> {
  const { commit } = await findRun(store, id);
  return JSON.parse(await readFileOf(store, commit, "run.json"));
}

import { findRun } from "./find-run.ts";
import type { Store } from "./open-store.ts";
import { readFileOf } from "./read-commit.ts";
import type { Run } from "./run.ts";

/** A run, whole, by its id or the beginning of it. */
export async function showRun(store: Store, id: string): Promise<Run> {
  const { commit } = await findRun(store, id);
  return JSON.parse(await readFileOf(store, commit, "run.json"));
}

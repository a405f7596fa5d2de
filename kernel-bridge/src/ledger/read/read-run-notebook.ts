import { readFolder } from "../chain/read-commit.ts";
import { notebookBytes } from "../format/split-notebook.ts";
import { readObjects } from "../git/read-objects.ts";
import type { Store } from "../store/store.ts";
import { findRun } from "./find-run.ts";

/** The notebook of a run as it stood when the run ended, byte for byte as the editor would have saved it; secrets replaced, as the run's notes say. */
export async function readRunNotebook(store: Store, id: string): Promise<Uint8Array> {
  const { commit } = await findRun(store, id);
  const files = await readObjects(store, (objects) => readFolder(objects, commit, "nb"));
  return notebookBytes(files);
}

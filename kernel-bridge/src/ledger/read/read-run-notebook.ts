import { readFolder } from "../chain/read-commit.ts";
import { joinNotebook } from "../format/split-notebook.ts";
import type { Store } from "../store/open-store.ts";
import { findRun } from "./find-run.ts";

/** The notebook of a run as it stood when the run ended, byte for byte as the editor would have saved it; secrets replaced, as the run's notes say. */
export async function readRunNotebook(store: Store, id: string): Promise<Uint8Array> {
  const { commit } = await findRun(store, id);
  return Buffer.from(joinNotebook(await readFolder(store, commit, "nb")), "utf8");
}

import { Failure } from "../../failure.ts";
import { getFile } from "../../objects/read-file.ts";
import type { Run } from "../format/run.ts";
import type { Store } from "../store/store.ts";

/** What a run keeps of its models' answers, by SHA-256. Those whose bytes are not here, or are damaged, are left out. */
export async function readSamples(
  store: Pick<Store, "objects">,
  { models }: Pick<Run, "models">,
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const { sha256, stored } of models.flatMap((model) => model.samples)) {
    if (!stored || found.has(sha256)) continue;
    try {
      found.set(sha256, await getFile(store.objects, sha256));
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause;
    }
  }
  return found;
}

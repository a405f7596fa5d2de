import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { manifestText } from "../../objects/folders/manifest.ts";
import { putFile } from "../../objects/put-file.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Store } from "../store/store.ts";
import type { KeptBytes } from "./keep-bytes.ts";

/** Stores what a folder held, each file by its path and hash, as a text: the same for the same files, whoever wrote it. */
export async function putManifest(store: Store, files: ReadonlyMap<string, KeptBytes>) {
  const lines = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [...manifestText(lines.map(([path, { sha256, size }]) => ({ path, sha256, size })))].join("");
  const path = join(store.temporary, `${randomUUID()}.tmp`);
  await writeAtomically(path, text, store);
  try {
    return await putFile(store.objects, path);
  } finally {
    await rm(path, { force: true });
  }
}

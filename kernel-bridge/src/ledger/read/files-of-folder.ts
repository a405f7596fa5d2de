import { type FolderFile, readManifest } from "../../objects/folders/manifest.ts";
import { getFile } from "../../objects/read-file.ts";
import type { Store } from "../store/store.ts";

/** The files of a folder that a run used, by its manifest. Fails as reading a stored file does, and with `objects/no-folder`. */
export async function filesOfFolder(store: Store, sha256: string): Promise<FolderFile[]> {
  return readManifest((await getFile(store.objects, sha256)).toString("utf8"), sha256);
}

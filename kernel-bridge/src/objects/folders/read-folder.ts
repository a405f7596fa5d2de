import type { ObjectStore } from "../object-store.ts";
import { getFile, readWith } from "../read-file.ts";
import { chunkReader } from "../segments/chunk-reader.ts";
import { type FolderFile, readManifest } from "./manifest.ts";

/**
 * The files of a stored folder in order, by its manifest's SHA-256, each with its bytes, verified as `readChunks` does: to be read before
 * the next file is asked for. Fails with `objects/missing`, `objects/corrupt`, or `objects/no-folder` for what is stored and no folder.
 */
export async function* readFolder(
  store: ObjectStore,
  sha256: string,
): AsyncGenerator<FolderFile & { readonly bytes: () => AsyncGenerator<Buffer> }> {
  const files = readManifest((await getFile(store, sha256)).toString("utf8"), sha256);
  const reader = await chunkReader(store);
  try {
    for (const file of files) yield { ...file, bytes: () => readWith(reader, store, file.sha256) };
  } finally {
    await reader.close();
  }
}

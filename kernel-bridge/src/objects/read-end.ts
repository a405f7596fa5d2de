import type { ObjectStore } from "./object-store.ts";
import { chunkReader } from "./segments/chunk-reader.ts";

/** The last bytes of a stored file, at least so many where it has them, each chunk verified; null where they cannot be read. */
export async function readEnd(store: ObjectStore, sha256: string, least: number): Promise<Buffer | null> {
  const reader = await chunkReader(store);
  try {
    const chunks = await reader.catalog.recipe(sha256).catch(() => null);
    const parts: Buffer[] = [];
    let length = 0;
    for (const id of [...(chunks ?? [])].reverse()) {
      if (length >= least) break;
      const bytes = await reader.read(id);
      if (typeof bytes === "string") return null;
      parts.unshift(Buffer.from(bytes));
      length += bytes.length;
    }
    return chunks && Buffer.concat(parts);
  } finally {
    await reader.close();
  }
}

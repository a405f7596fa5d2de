import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** What a folder takes: lengths of its files. What goes meanwhile counts nothing. */
export async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? await bytesBelow(path) : ((await stat(path).catch(() => null))?.size ?? 0);
  }
  return bytes;
}

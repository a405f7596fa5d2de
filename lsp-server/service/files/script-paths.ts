import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { environmentSign } from "./environment-sign.ts";

/**
 * The Python files of a workspace, as absolute paths, the nearest to its root first. Hidden folders, environments and
 * caches are passed over; so is what lies beyond the first 20,000 entries. A folder that cannot be read has none.
 */
export async function scriptPaths(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  let folders = [root];
  let seen = 0;
  while (folders.length > 0 && seen < 20_000) {
    const below: string[] = [];
    for (const folder of folders) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      seen += entries.length;
      if (folder !== root && environmentSign(entries.map(({ name }) => name)) !== null) continue;
      for (const entry of entries) {
        if (entry.isDirectory() && !entry.name.startsWith(".") && !passedOver.has(entry.name))
          below.push(join(folder, entry.name));
        else if (entry.isFile() && entry.name.endsWith(".py")) found.push(join(folder, entry.name));
      }
    }
    folders = below;
  }
  return found;
}

const passedOver: ReadonlySet<string> = new Set(["node_modules", "__pycache__", "dist", "build"]);

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The files below a folder; none where there is no folder. */
export function filesBelow(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

/** How many bytes they have. */
export const bytesBelow = (folder) => filesBelow(folder).reduce((sum, path) => sum + statSync(path).size, 0);

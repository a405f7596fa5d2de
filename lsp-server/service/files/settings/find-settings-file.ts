import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The name of the file, wherever it lies. */
export const settingsFileName = "lookback.toml";

/** Where `lookback.toml` may lie for what is in a folder: there and in every folder above, up to the workspace's root; the nearest first. */
export function settingsPlaces(folder: string, root: string): readonly string[] {
  const places: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    places.push(join(at, settingsFileName));
    if (at === root || dirname(at) === at) return places;
  }
}

/** The nearest `lookback.toml` for what is in a folder; null where there is none. */
export async function findSettingsFile(folder: string, root: string): Promise<string | null> {
  for (const path of settingsPlaces(folder, root)) {
    const found = await stat(path).then(
      (info) => info.isFile(),
      () => false,
    );
    if (found) return path;
  }
  return null;
}

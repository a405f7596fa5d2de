import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file beside its place, syncs it, and moves it there: after a crash at any point the file holds the old text or the new one. */
export function writeDurably(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, "w", 0o600);
  try {
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Not every platform can sync a folder; the rename is atomic without it. */
function syncFolder(dir: string): void {
  try {
    const folder = openSync(dir, "r");
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    return;
  }
}

import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { bytesBelow } from "../store/bytes-below.ts";
import type { Store, WritableStore } from "../store/store.ts";

/** Where copies of what is replaced are kept: a folder for each time, called after its moment. */
export function replacedFolder({ dir }: Pick<Store, "dir">): string {
  return join(dir, "replaced");
}

/** Copies that are of no use any more: nobody asked for them for 30 days. */
export async function oldCopies(
  store: Store,
  now = Date.now(),
): Promise<{ readonly folders: readonly string[]; readonly bytes: number }> {
  const folder = replacedFolder(store);
  const names = await readdir(folder).catch(() => []);
  const folders = names.filter((name) => now - momentOf(name) > keptMs).map((name) => join(folder, name));
  const sizes = await Promise.all(folders.map(bytesBelow));
  return { folders, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Removes them, and answers what they took. */
export async function dropOldCopies(
  store: WritableStore,
): Promise<{ readonly copies: number; readonly bytes: number }> {
  const { folders, bytes } = await oldCopies(store);
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  return { copies: folders.length, bytes };
}

/** What is called otherwise is nobody's to remove. */
function momentOf(name: string): number {
  const [, day, hour, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-/.exec(name) ?? [];
  return day === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${day}T${hour}:${minute}:00Z`);
}

const keptMs = 30 * 86_400_000;

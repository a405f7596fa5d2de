import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface Writing {
  /** The folder the file is written in before it takes its place, on the same file system; its own folder unless said. */
  readonly temporary?: string;
  /** What a power cut must not take: `content` unless said, so that the file is whole or absent; its `name` too; or `nothing`, for a copy of what is kept elsewhere. */
  readonly sync?: "content" | "name" | "nothing";
}

/** Writes a file so that a reader, and whoever comes after a crash, sees all of it or none: temporary file, fsync, rename. Creates its folder. */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  { temporary = dirname(path), sync = "content" }: Writing = {},
): Promise<void> {
  const before = join(temporary, `${randomUUID()}.tmp`);
  await mkdir(temporary, { recursive: true });
  try {
    const file = await open(before, "wx");
    try {
      await writeFile(file, content);
      if (sync !== "nothing") await file.sync();
    } finally {
      await file.close();
    }
    await intoPlace(before, path);
  } catch (cause) {
    await rm(before, { force: true });
    throw cause;
  }
  if (sync === "name") await syncFolder(dirname(path));
}

/** Gives a file its name, and makes the name's folder when it is missing. */
export async function intoPlace(before: string, path: string): Promise<void> {
  await rename(before, path).catch(async (cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT") throw cause;
    await mkdir(dirname(path), { recursive: true });
    await rename(before, path);
  });
}

/** Makes the names in a folder durable. Where folders cannot be opened, as on Windows, the system sees to it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  try {
    await handle?.sync();
  } catch {
    // Some network file systems sync no folder.
  } finally {
    await handle?.close();
  }
}

import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/**
 * Opens a file of bytes to read it. Rejects where the path is a pipe, a socket, a device or a folder: to open a pipe waits for whoever
 * writes to it, for ever, and what is read of it the person's own program loses.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  // Windows has no pipes among its files, and no such flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Error(`${path} is not a file`);
}

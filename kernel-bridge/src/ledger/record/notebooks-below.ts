import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type NotebookFile, readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";

/** A notebook of the workspace as it lies on the disk. */
export interface NotebookBelow {
  readonly path: string;
  readonly bytes: Buffer;
  readonly mtimeMs: number;
  readonly file: NotebookFile;
}

/**
 * The notebooks below a folder that may hold one of some texts, hidden folders and those of packages left out; null where there are more
 * than can be looked through, so that none could be called the only one.
 */
export async function notebooksBelow(
  root: string,
  texts: readonly string[],
): Promise<NotebookBelow[] | null> {
  const paths = await pathsBelow(root);
  if (paths === null) return null;
  const found: NotebookBelow[] = [];
  for (const path of paths) {
    const info = await stat(path).catch(() => null);
    if (info === null || info.size > mostBytes) continue;
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null || !texts.some((text) => bytes.includes(JSON.stringify(text).slice(1, -1)))) continue;
    const { value: file } = readNotebookFile(bytes);
    if (file !== null && file.format === 4) found.push({ path, bytes, mtimeMs: info.mtimeMs, file });
  }
  return found;
}

async function pathsBelow(root: string): Promise<string[] | null> {
  const found: string[] = [];
  const folders = [root];
  for (let at = 0; at < folders.length; at++) {
    const folder = folders[at]!;
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.name.startsWith(".") || entry.name === "node_modules" || entry.name === "site-packages")
        continue;
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
      else if (entry.name.endsWith(".ipynb")) found.push(join(folder, entry.name));
    }
    if (folders.length > mostFolders || found.length > mostNotebooks) return null;
  }
  return found;
}

const mostBytes = 50_000_000;
const mostNotebooks = 2_000;
const mostFolders = 20_000;

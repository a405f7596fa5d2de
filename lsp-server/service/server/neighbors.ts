import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";

/** The scripts beside a document, whose definitions it can see. */
export interface Neighbors {
  /** The scripts of a folder as last read, without the one named. No I/O. */
  of(folder: string, except: string): readonly Notebook[];
  /** Reads the folder in the background, at most once in two seconds. */
  look(folder: string): void;
}

/** `changed` is called when a script appeared, changed or went. Scripts larger than 1 MiB and folders of more than 200 scripts are passed over. */
export function neighborsOf(changed: () => void): Neighbors {
  const folders = new Map<
    string,
    { looked: number; readonly scripts: Map<string, { mtimeMs: number; notebook: Notebook }> }
  >();
  return {
    of(folder, except) {
      const scripts = [...(folders.get(folder)?.scripts.values() ?? [])];
      return scripts.map(({ notebook }) => notebook).filter(({ uri }) => uri !== except);
    },
    look(folder) {
      const entry = folders.get(folder) ?? { looked: 0, scripts: new Map() };
      folders.set(folder, entry);
      if (Date.now() - entry.looked < 2_000) return;
      entry.looked = Date.now();
      void readScripts(folder, entry.scripts).then((news) => news && changed());
    },
  };
}

/** Brings the scripts up to date; answers whether anything is new. */
async function readScripts(
  folder: string,
  scripts: Map<string, { mtimeMs: number; notebook: Notebook }>,
): Promise<boolean> {
  let news = false;
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".py"));
    if (names.length > 200) return false;
    for (const gone of [...scripts.keys()].filter((name) => !names.includes(name)))
      news = scripts.delete(gone);
    for (const name of names) {
      const path = join(folder, name);
      const { mtimeMs, size } = await stat(path);
      if (size > 1 << 20 || scripts.get(name)?.mtimeMs === mtimeMs) continue;
      const { value } = readNotebook(await readFile(path), pathToFileURL(path).href);
      scripts.set(name, { mtimeMs, notebook: value });
      news = true;
    }
  } catch {
    // A folder that cannot be read has no scripts to offer; the open documents stand on their own.
    return news;
  }
  return news;
}

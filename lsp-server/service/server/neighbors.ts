import { readFile, stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { scriptPaths } from "../files/script-paths.ts";

/** The scripts of workspaces, whose definitions their documents can see. */
export interface Neighbors {
  /** The scripts below a folder as last read. No I/O. */
  of(root: string): readonly Notebook[];
  /** Reads the folder in the background, at most once in two seconds, and the more seldom the longer it takes. */
  look(root: string): void;
}

/** `changed` is called when a script appeared, changed or went. Scripts larger than 1 MiB are passed over, and those after the first 2,000. */
export function neighborsOf(changed: () => void): Neighbors {
  const roots = new Map<string, Root>();
  return {
    of: (root) => [...(roots.get(root)?.scripts.values() ?? [])].map(({ notebook }) => notebook),
    look(root) {
      const entry = roots.get(root) ?? { next: 0, scripts: new Map() };
      roots.set(root, entry);
      const began = Date.now();
      if (began < entry.next) return;
      entry.next = Number.POSITIVE_INFINITY;
      void readScripts(root, entry.scripts).then((news) => {
        entry.next = Date.now() + Math.max(2_000, 20 * (Date.now() - began));
        if (news) changed();
      });
    },
  };
}

interface Root {
  next: number;
  readonly scripts: Map<string, { mtimeMs: number; notebook: Notebook }>;
}

/** Brings the scripts up to date; answers whether anything is new. */
async function readScripts(root: string, scripts: Root["scripts"]): Promise<boolean> {
  const paths = (await scriptPaths(root)).slice(0, 2_000);
  const gone = [...scripts.keys()].filter((path) => !paths.includes(path));
  for (const path of gone) scripts.delete(path);
  let news = gone.length > 0;
  for (const path of paths) {
    try {
      const { mtimeMs, size } = await stat(path);
      if (size > 1 << 20 || scripts.get(path)?.mtimeMs === mtimeMs) continue;
      const { value } = readNotebook(await readFile(path), pathToFileURL(path).href);
      scripts.set(path, { mtimeMs, notebook: value });
      news = true;
    } catch {
      // It went away meanwhile, or may not be read: the open documents stand on their own.
    }
  }
  return news;
}

import type { Notebook } from "../../../notebook/notebook.ts";
import { pathOf } from "./module-index.ts";

/**
 * Whether a document's text names a script, or the folder a script is the `__init__` of, so that it may import it. True
 * more often than it does: whoever reads files reads these, and then what they name.
 */
export function mayImport(words: ReadonlySet<string>, scriptUri: string): boolean {
  const [file = "", folder = ""] = pathOf(scriptUri).replace(/\.py$/, "").split("/").reverse();
  return words.has(file === "__init__" ? folder : file);
}

/** The words a document's imports may consist of; none when it imports nothing. */
export function importWords(notebook: Notebook): ReadonlySet<string> {
  const known = words.get(notebook);
  if (known) return known;
  const importing = notebook.cells.filter(({ source }) => /\bimport\b/.test(source));
  const found = new Set(importing.flatMap(({ source }) => source.match(/[^\W\d]\w*/gu) ?? []));
  words.set(notebook, found);
  return found;
}

const words = new WeakMap<Notebook, ReadonlySet<string>>();

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { importedFiles } from "@lookback/language/features/read/modules/imported-files.ts";
import { type Notebook, notebookOf } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";

/** A script of the workspace that runs when the notebook does, for the notebook imports it. */
export interface ImportedModule {
  /** Relative to the workspace root. */
  readonly name: string;
  /** Without cells when it was not read. */
  readonly code: Notebook;
  /** Why it was not read; null when it was. */
  readonly unread: string | null;
}

/** What a notebook imports of the scripts it may import, and of those that could not be read, by address with the reason. */
export function importedModules(
  notebook: Notebook,
  scripts: readonly Notebook[],
  unread: ReadonlyMap<string, string>,
  python: Python,
  root: string,
): readonly ImportedModule[] {
  const files = [...scripts, ...[...unread.keys()].map((uri) => notebookOf(uri, []))];
  return importedFiles(notebook, files, python, root.replaceAll("\\", "/")).map((code) => ({
    name: relative(root, fileURLToPath(code.uri)).replaceAll("\\", "/"),
    code,
    unread: unread.get(code.uri) ?? null,
  }));
}

import type { Notebook } from "../../../notebook/notebook.ts";
import { folderOf, joinPaths, normalPath } from "../values/path-text.ts";

/** The files of a workspace as Python's imports find them. Paths are absolute, with forward slashes, without `.py`. */
export interface ModuleIndex {
  /** The file of a module, or of a package's `__init__`; null for a folder without one. */
  fileOf(path: string): Notebook | null;
  /**
   * The path that `import dotted` means, looked for in `folders` in order: the first folder that has its first name
   * decides, as in Python. Null when the workspace has no such file or folder.
   */
  find(dotted: string, folders: readonly string[]): string | null;
  /** The path of a name inside a package or of a relative import; null when there is none. */
  inside(folder: string, dotted: string): string | null;
}

export function moduleIndex(files: readonly Notebook[]): ModuleIndex {
  const byPath = new Map<string, Notebook>();
  const folders = new Set<string>();
  for (const file of files) {
    const path = pathOf(file.uri).replace(/\.py$/, "");
    byPath.set(path, file);
    for (let folder = folderOf(path); folder !== "." && !folders.has(folder); folder = folderOf(folder)) {
      folders.add(folder);
      if (folder === "/") break;
    }
  }
  const fileOf = (path: string) => byPath.get(path) ?? byPath.get(`${path}/__init__`) ?? null;
  const exists = (path: string) => fileOf(path) !== null || folders.has(path);
  const inside = (folder: string, dotted: string) => {
    const path = dotted === "" ? folder : normalPath(`${folder}/${dotted.replaceAll(".", "/")}`);
    return exists(path) ? path : null;
  };
  return {
    fileOf,
    inside,
    find(dotted, from) {
      const [first = ""] = dotted.split(".");
      const home = from.find((folder) => exists(joinPaths(folder, first)));
      return home === undefined ? null : inside(home, dotted);
    },
  };
}

/** The path of a document's address; an address that names no file is its own path. */
export function pathOf(uri: string): string {
  try {
    return decodeURIComponent(uri.replace(/^file:\/\//, "").replace(/[?#].*$/, ""));
  } catch {
    return uri;
  }
}

import { realpath } from "node:fs/promises";
import { isAbsolute, posix, relative } from "node:path";
import { nameOf, type Store } from "@lookback/kernel-bridge/ledger/store/open-store.ts";

/**
 * Between the two names of a file: an editor names it from the folder it was opened on, the ledger from the root of the
 * workspace, which lies there or above. With forward slashes; a file outside the editor's folder begins with `../`.
 */
export interface EditorNames {
  /** Absolute paths become relative where they lie in the workspace. */
  toLedger(path: string): string;
  /** Absolute paths and addresses stay as they are. */
  toEditor(name: string): string;
}

/** The names of an editor that was opened on `folder`. */
export async function editorNames(store: Store, folder: string): Promise<EditorNames> {
  const prefix = relative(store.root, await realpath(folder)).replaceAll("\\", "/");
  return {
    toLedger: (path) => (isAbsolute(path) ? nameOf(store, path) : posix.normalize(posix.join(prefix, path))),
    toEditor: (name) => (isAbsolute(name) || name.includes("://") ? name : posix.relative(prefix, name)),
  };
}

import { isAbsolute, join, relative, sep } from "node:path";
import type { ObjectStore } from "../../objects/object-store.ts";
import { fileName } from "./file-name.ts";

/** The memory of one workspace, for reading: it may not be there yet, and is empty then. All Lookback keeps lies under `dir`, nothing of it in the person's own repository. */
export interface Store {
  /** `<git common dir>/lookback`, or `<root>/.lookback` where there is no repository. */
  readonly dir: string;
  /** Absolute path of the workspace root, symbolic links resolved. Runs name files from here. */
  readonly root: string;
  /** The bare repository of the ledger. */
  readonly gitdir: string;
  /** Where files are written before they take their place: on the same file system, listed by nothing. */
  readonly temporary: string;
  readonly objects: ObjectStore;
}

/** A store that is there, and may be written. */
export interface WritableStore extends Store {
  readonly writable: true;
}

/** Where sessions journal. */
export function journalFolder(store: Store): string {
  return join(store.dir, "journal");
}

/** Where a session journals. The name is made from the id, whatever the id holds. */
export function journalPath(store: Store, sessionId: string): string {
  return join(journalFolder(store), `${fileName(sessionId)}.jsonl`);
}

/** An absolute path as runs name it: relative to the root with forward slashes when inside, else absolute. */
export function nameOf(store: Store, path: string): string {
  const inside = relative(store.root, path);
  const isOutside = inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return inside === "" || isOutside ? path : inside.replaceAll(sep, "/");
}

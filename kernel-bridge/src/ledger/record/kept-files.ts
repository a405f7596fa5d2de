import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileName } from "../store/file-name.ts";
import type { Store } from "../store/store.ts";

/** Where kernels put, for whoever records next, the bytes of files that were about to change, and lists of files. */
export function keptFolder(store: Store): string {
  return join(store.dir, "kept");
}

/** The path of what an event names; null for a name that leads elsewhere. */
export function keptPath(store: Store, name: string | null): string | null {
  return name !== null && /^[\w.-]+$/.test(name) && !name.startsWith(".")
    ? join(keptFolder(store), name)
    : null;
}

/** Removes what a recorded run has taken in. What is not there any more is gone already. */
export async function dropKept(store: Store, names: Iterable<string | null>): Promise<void> {
  for (const name of names) {
    const path = keptPath(store, name);
    if (path !== null) await rm(path, { force: true });
  }
}

/** Removes all that is left of a session whose journal goes. */
export async function dropKeptOf(store: Store, sessionId: string): Promise<void> {
  const names = await readdir(keptFolder(store)).catch(() => []);
  await dropKept(
    store,
    names.filter((name) => name.startsWith(`${fileName(sessionId)}.`)),
  );
}

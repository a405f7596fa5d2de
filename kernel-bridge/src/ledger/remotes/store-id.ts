import { randomUUID } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Store, WritableStore } from "../store/store.ts";

/**
 * Names this store among those that share a remote; null before it said anything there. A copy of a store's folder is another store: under one name each
 * would take back what the other said of its deployments. A clone of a whole disk cannot be told.
 */
export async function storeId(store: Store): Promise<string | null> {
  const [, id, folder] = /^([0-9a-f-]{36})(?: (\S+))?\n$/.exec(await held(store)) ?? [];
  // Of before the folder was noted.
  return id !== undefined && (folder === undefined || folder === (await folderOf(store))) ? id : null;
}

/** The same, made where there is none. */
export async function makeStoreId(store: WritableStore): Promise<string> {
  const id = (await storeId(store)) ?? randomUUID();
  const text = `${id} ${await folderOf(store)}\n`;
  if (text !== (await held(store))) await writeAtomically(join(store.dir, "id"), text, store);
  return id;
}

async function held(store: Store): Promise<string> {
  return readFile(join(store.dir, "id"), "utf8").catch(() => "");
}

/** Stays where the folder is moved, and is another in a copy. */
async function folderOf(store: Store): Promise<string> {
  const { ino, birthtimeNs } = await stat(store.dir, { bigint: true });
  return `${ino.toString(16)}-${birthtimeNs.toString(16)}`;
}

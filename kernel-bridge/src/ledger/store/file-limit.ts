import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Store, WritableStore } from "./store.ts";

/** How many bytes a file may have to be stored; of a larger one the hash alone is recorded. No limit unless one was set. */
export async function fileLimitOf(store: Store): Promise<number> {
  const text = await readFile(limitPath(store), "utf8").catch(() => "");
  return /^\d+\n?$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

/** Sets how large a file may be to be stored; null for as large as it likes. What is stored stays. */
export function setFileLimit(store: WritableStore, bytes: number | null): Promise<void> {
  return writeAtomically(limitPath(store), bytes === null ? "" : `${bytes}\n`, store);
}

function limitPath(store: Store): string {
  return join(store.dir, "file-limit");
}

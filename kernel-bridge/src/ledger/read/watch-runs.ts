import { watch } from "node:fs";
import { indexFile, readIndex } from "../index/run-index.ts";
import type { Store } from "../store/open-store.ts";

/**
 * Hears of runs that any process records: another window, another editor, the command line. `heard` is given the id of
 * each within about a fifth of a second, once. Answers how to stop.
 *
 * Throws where the system cannot watch a folder. Some network file systems tell nothing.
 */
export async function watchRuns(store: Store, heard: (id: string) => void): Promise<() => void> {
  const told = new Set<string>();
  let waiting: NodeJS.Timeout | undefined;
  const untold = async () => {
    const ids = (await readIndex(store)).map(({ summary }) => summary.id).filter((id) => !told.has(id));
    for (const id of ids) told.add(id);
    return ids;
  };
  const look = async () => {
    for (const id of await untold()) heard(id);
  };
  const watcher = watch(store.dir, { persistent: false }, (_event, name) => {
    if (name !== null && name !== indexFile) return;
    clearTimeout(waiting);
    // The store may be gone, or half-way through a change that will be heard of too.
    waiting = setTimeout(() => void look().catch(() => undefined), 100);
  });
  watcher.on("error", () => watcher.close());
  await untold();
  return () => {
    clearTimeout(waiting);
    watcher.close();
  };
}

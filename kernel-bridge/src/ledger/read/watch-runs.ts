import { type FSWatcher, watch } from "node:fs";
import { dirname, join } from "node:path";
import { readIndex } from "../index/run-index.ts";
import type { Store } from "../store/store.ts";

/**
 * Hears of runs that any process records: another window, another editor, the command line. `heard` is given the id of
 * each within about a fifth of a second, once; null when runs were marked, deleted or brought back. A store that is not there yet is
 * waited for. Answers how to stop.
 *
 * Throws where the system cannot watch a folder. Some network file systems tell nothing.
 */
export async function watchRuns(store: Store, heard: (id: string | null) => void): Promise<() => void> {
  const told = new Set<string>();
  let waiting: NodeJS.Timeout | undefined;
  let events = 0;
  const untold = async () => {
    const index = await readIndex(store);
    const ids = index.entries.map(({ summary }) => summary.id).filter((id) => !told.has(id));
    for (const id of ids) told.add(id);
    const news: (string | null)[] = [...ids];
    if (index.events.length !== events) news.push(null);
    events = index.events.length;
    return news;
  };
  const look = async () => {
    for (const id of await untold()) heard(id);
  };
  const stop = watchFolder(join(store.gitdir, "refs", "lookback", "log"), () => {
    clearTimeout(waiting);
    // The store may be gone, or half-way through a change that will be heard of too.
    waiting = setTimeout(() => void look().catch(() => undefined), 100);
  });
  await untold();
  return () => {
    clearTimeout(waiting);
    stop();
  };
}

/** Tells of changes in a folder; of one that is missing, once it is there. */
function watchFolder(folder: string, changed: () => void): () => void {
  let watcher: FSWatcher | null = null;
  let watched = "";
  const stop = () => {
    watcher?.close();
    watcher = null;
  };
  const start = () => {
    for (let at = folder; watcher === null; at = dirname(at)) {
      try {
        watcher = watch(at, { persistent: false }, () => {
          if (watched === folder) return changed();
          // Something appeared on the way: look again how far it goes.
          stop();
          start();
          if (watched === folder) changed();
        });
        watched = at;
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "ENOENT" || dirname(at) === at) throw cause;
      }
    }
    watcher.on("error", stop);
  };
  start();
  return stop;
}

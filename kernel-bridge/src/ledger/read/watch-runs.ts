import { join } from "node:path";
import { readIndex } from "../index/run-index.ts";
import type { Store } from "../store/store.ts";
import { watchFolder } from "./watch-folder.ts";

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

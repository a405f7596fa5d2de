import { existsSync, type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";

/** Tells of changes in a folder; of one that is missing, once it is there. Answers how to stop. Throws where the system cannot watch a folder. */
export function watchFolder(folder: string, changed: () => void): () => void {
  let watcher: FSWatcher | null = null;
  let watched = "";
  const stop = () => {
    watcher?.close();
    watcher = null;
  };
  const goFurther = () => {
    stop();
    start();
    if (watched === folder) changed();
  };
  /** Watches the folder, or the nearest there is above it. */
  const start = () => {
    let missing: string | null = null;
    for (let at = folder; watcher === null; at = dirname(at)) {
      try {
        watcher = watch(at, { persistent: false }, () => (watched === folder ? changed() : goFurther()));
        watched = at;
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "ENOENT" || dirname(at) === at) throw cause;
        missing = at;
      }
    }
    watcher.on("error", stop);
    // What appeared before its parent was watched is told of by nobody.
    if (missing !== null && existsSync(missing)) goFurther();
  };
  start();
  return stop;
}

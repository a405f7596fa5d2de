import { join } from "node:path";
import type { WritableStore } from "../store/store.ts";
import { withLock } from "../store/with-lock.ts";

/** While this process pins, deletes or brings back runs, no other does: what is pinned between a look and a deletion would not be seen by it. */
export function alone<T>(store: WritableStore, run: () => Promise<T>): Promise<T> {
  return withLock(join(store.dir, "pins.lock"), run, {
    message: "Another process is deploying or deleting runs. Nothing was done.",
    advice: "Try again once it is done.",
  });
}

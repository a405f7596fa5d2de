import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { withLock } from "@lookback/kernel-bridge/ledger/store/with-lock.ts";

/** Does something while no other process publishes from the same store. Fails with `publish/busy`. */
export async function alone<T>(store: WritableStore, work: (store: WritableStore) => Promise<T>): Promise<T> {
  return withLock(join(store.dir, "publish.lock"), () => work(store)).catch((cause: unknown) => {
    if (!(cause instanceof Failure) || cause.code !== "ledger/locked") throw cause;
    throw new Failure("publish/busy", "Another publication is being committed. Nothing was published.", {
      advice: "Publish again once it is done.",
      data: cause.data,
      cause,
    });
  });
}

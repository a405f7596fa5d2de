import { sweepStore } from "@lookback/kernel-bridge/ledger/check/sweep-store.ts";
import { watchRuns } from "@lookback/kernel-bridge/ledger/read/watch-runs.ts";
import { watchWaiting } from "@lookback/kernel-bridge/ledger/read/watch-waiting.ts";
import type { Linter } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { recoverRuns } from "@lookback/kernel-bridge/ledger/record/recover-runs.ts";
import { layStoreIfThere } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Ledger, Ledgers } from "./ledgers.ts";
import type { World } from "./world.ts";

/** Brings into the ledgers what a server or an editor that was killed left behind, and hears what others record. */
export interface FollowedRuns {
  /** Begins with every ledger that is open and not followed yet. */
  follow(): void;
  stop(): void;
}

/**
 * `tell` is called with the id of each run that this server did not record by request, and with null when others marked or deleted some;
 * `tellWaiting` when other runs wait to be recorded than before.
 */
export function followRuns(
  ledgers: Ledgers,
  { log, linter }: { readonly log: World["log"]; readonly linter: (root: string) => Linter },
  tell: (id: string | null) => void,
  tellWaiting: () => void,
): FollowedRuns {
  const watched = new Map<string, () => void>();
  const timers: NodeJS.Timeout[] = [];
  let stopped = false;

  const recover = async ({ store }: Ledger, unwatched: boolean) => {
    try {
      const there = await layStoreIfThere(store);
      if (there === null) return;
      for (const { id } of await recoverRuns(there, linter(store.root), { unwatched })) tell(id);
      if (!unwatched) await sweepStore(there);
    } catch (error) {
      log("error", "not recovered", { root: store.root, error: String(error) });
    }
  };
  const watch = async ({ store }: Ledger) => {
    watched.set(store.dir, () => undefined);
    try {
      const stops = [await watchRuns(store, tell), watchWaiting(store, tellWaiting)];
      const stop = () => {
        for (const each of stops) each();
      };
      if (stopped) stop();
      else watched.set(store.dir, stop);
    } catch (error) {
      watched.delete(store.dir);
      log("warning", "not following other writers", { root: store.root, error: String(error) });
    }
  };
  return {
    follow() {
      void ledgers.all().then(({ ledgers: open, failures }) => {
        for (const failure of failures) log("error", "no ledger", { error: String(failure) });
        for (const ledger of open) {
          if (watched.has(ledger.store.dir)) continue;
          void recover(ledger, false);
          void watch(ledger);
          // Kernels that no editor started end while the editor is open.
          timers.push(setInterval(() => void recover(ledger, true), everyMs).unref());
        }
      });
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      for (const stop of watched.values()) stop();
    },
  };
}

const everyMs = 60_000;

import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import type { WritableStore } from "./store.ts";
import { isHeld, takeOwn, withLock } from "./with-lock.ts";

/**
 * While this is done, no stored byte goes: what a run finds stored is there when its commit says so. Any number of processes do it at once;
 * who frees bytes waits for all of them, and they wait for one step of it. Fails with `ledger/locked`.
 */
export async function whileUsed<T>(store: WritableStore, run: () => Promise<T>): Promise<T> {
  const freeing = freeingPath(store);
  await mkdir(usersFolder(store), { recursive: true });
  for (const began = Date.now(); ; await sleep(20)) {
    if (!(await isHeld(freeing))) {
      // Both sides say what they do before they look at the other: one of them sees it.
      const release = await takeOwn(join(usersFolder(store), `${randomUUID()}.lock`));
      if (!(await isHeld(freeing))) return run().finally(release);
      await release();
    }
    if (Date.now() - began > 60_000) {
      throw new Failure("ledger/locked", "Another process is freeing stored bytes. Nothing was recorded.", {
        advice: "It is recorded once that process is done.",
      });
    }
  }
}

/** While this is done, nobody records, and nobody merges what is stored. To be kept short. Fails with `ledger/locked` after 30 seconds. */
export function whileUnused<T>(store: WritableStore, run: () => Promise<T>): Promise<T> {
  const busy = {
    message: "Runs are being recorded, or another process frees bytes. No more bytes were freed.",
    advice: "Try again once they are done: what was begun is finished then.",
  };
  return withLock(
    freeingPath(store),
    async () => {
      for (const began = Date.now(); await isUsed(store); await sleep(20))
        if (Date.now() - began > 30_000)
          throw new Failure("ledger/locked", busy.message, { advice: busy.advice });
      return withLock(mergingPath(store), run, busy);
    },
    busy,
  );
}

/** The lock of whoever writes segments anew: who merges them does nothing while another does. */
export function mergingPath(store: WritableStore): string {
  return join(store.dir, "merge-segments.lock");
}

async function isUsed(store: WritableStore): Promise<boolean> {
  const folder = usersFolder(store);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.endsWith(".lock")) continue;
    if (await isHeld(join(folder, name))) return true;
    // Its process is gone.
    await rm(join(folder, name), { force: true });
  }
  return false;
}

function usersFolder(store: WritableStore): string {
  return join(store.dir, "users");
}

function freeingPath(store: WritableStore): string {
  return join(store.dir, "freeing.lock");
}

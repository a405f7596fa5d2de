import { randomUUID } from "node:crypto";
import { link, open, readFile, rename, rm, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import { isAlive } from "../chain/writer.ts";

/** Does something while no other process of this machine, and no other call in this one, does it under the same lock. A lock whose owner is gone is broken. Fails with `ledger/locked` after 30 seconds. */
export async function withLock<T>(path: string, run: () => Promise<T>): Promise<T> {
  for (const began = Date.now(); ; await sleep(20)) {
    const file = await open(path, "wx").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "EEXIST") return null;
      throw cause;
    });
    if (file !== null) {
      try {
        await file.writeFile(String(process.pid));
        return await run();
      } finally {
        await file.close();
        await rm(path, { force: true });
      }
    }
    if (await isAbandoned(path)) await breakLock(path);
    if (Date.now() - began > 30_000) {
      throw new Failure("ledger/locked", "Another process is recording this session. Nothing was recorded.", {
        advice: "It is recorded once that process is done.",
        data: { path, owner: await readFile(path, "utf8").catch(() => null) },
      });
    }
  }
}

/** An owner that was killed before it had written its id leaves an empty lock: two seconds are enough to write one. */
async function isAbandoned(path: string): Promise<boolean> {
  const [text, info] = await Promise.all([readFile(path, "utf8"), stat(path)]).catch(() => [null, null]);
  if (text === null || info === null) return false;
  if (text === "") return Date.now() - info.mtimeMs > 2_000;
  return !isAlive(Number.parseInt(text, 10));
}

/** Of several who see a dead owner one moves the lock away; whoever then took a new one for the dead one puts it back. */
async function breakLock(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if (!(await isAbandoned(aside))) await link(aside, path);
  } catch {
    // Another was faster.
  } finally {
    await rm(aside, { force: true });
  }
}

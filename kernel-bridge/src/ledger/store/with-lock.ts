import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import { isGone, ownStamp, type ProcessStamp } from "../../processes/process-stamp.ts";

/**
 * Does something while no other process, and no other call in this one, does it under the same lock. A lock whose owner is gone is
 * broken: on this machine by its process, on another one when it has not been touched for as long as it takes to be touched ten times.
 * Fails with `ledger/locked` after 30 seconds; `busy` says what was not done then.
 */
export async function withLock<T>(path: string, run: () => Promise<T>, busy = recording): Promise<T> {
  const lookAt = watchOwner();
  for (const began = Date.now(); ; await sleep(20)) {
    const release = await takeOrBreak(path, lookAt);
    if (release !== null) return run().finally(release);
    if (Date.now() - began > 30_000) {
      throw new Failure("ledger/locked", busy.message, {
        advice: busy.advice,
        data: { path, owner: await readFile(path, "utf8").catch(() => null) },
      });
    }
  }
}

const recording = {
  message: "Another process is recording this session. Nothing was recorded.",
  advice: "It is recorded once that process is done.",
};

/** As `withLock`, but does nothing when somebody has the lock. */
export async function ifUnlocked(path: string, run: () => Promise<void>): Promise<void> {
  const release = await takeOrBreak(path, watchOwner());
  if (release !== null) await run().finally(release);
}

/** Takes a lock that nobody else knows the name of, and answers how to give it back. */
export async function takeOwn(path: string): Promise<() => Promise<void>> {
  return (await take(path))!;
}

/** Whether somebody has a lock, who is not known to be gone: on another machine, one that was touched lately. */
export async function isHeld(path: string): Promise<boolean> {
  const look = await lookOf(path);
  if (look === null) return await isThere(path);
  const owner = ownerOf(look.text);
  if (owner?.host === hostname()) return !isGone(owner);
  return Date.now() - look.touchedMs < 10 * touchedEveryMs;
}

/** A lock that was broken is taken the next time. */
async function takeOrBreak(path: string, lookAt: (path: string) => Promise<string | null>) {
  const release = await take(path);
  const dead = release === null ? await lookAt(path) : null;
  if (dead !== null) await breakLock(path, dead);
  return release;
}

const touchedEveryMs = 2_000;

/** Answers how to give the lock back; null when somebody has it. */
async function take(path: string): Promise<(() => Promise<void>) | null> {
  if (!(await makeOwned(path))) return null;
  const touch = () => void utimes(path, new Date(), new Date()).catch(() => undefined);
  const timer = setInterval(touch, touchedEveryMs).unref();
  return async () => {
    clearInterval(timer);
    await rm(path, { force: true });
  };
}

/** Makes the lock with its owner's name in it at once: whoever is killed leaves a lock that says whose it was, or none. False when it is there. */
async function makeOwned(path: string): Promise<boolean> {
  if (await isThere(path)) return false;
  const own = asideOf(path);
  try {
    await writeFile(own, JSON.stringify(ownStamp()), { flag: "wx" });
    await link(own, path);
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (!noLinks.has(code)) throw cause;
    return await makeThenOwn(path);
  } finally {
    await rm(own, { force: true });
  }
}

/** What file systems without hard links answer. */
const noLinks = new Set<string | undefined>(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

async function makeThenOwn(path: string): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(ownStamp()), { flag: "wx" });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    await rm(path, { force: true });
    throw cause;
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A name beside the lock for what only one process uses. */
function asideOf(path: string): string {
  return `${path}.${randomUUID()}`;
}

/** Answers how the lock looks when its owner is gone, as far as can be told by looking now and at what was seen before; else null. */
function watchOwner(): (path: string) => Promise<string | null> {
  let seen = { look: "", at: 0 };
  return async (path) => {
    const look = await lookOf(path);
    if (look === null) return null;
    if (seen.look !== look.all) seen = { look: look.all, at: Date.now() };
    const owner = ownerOf(look.text);
    if (owner?.host === hostname()) return isGone(owner) ? look.all : null;
    // Where there are no hard links, an owner killed before it had written who it is leaves an empty lock: two seconds are enough to write it.
    if (owner === null && Date.now() - look.touchedMs > touchedEveryMs) return look.all;
    return Date.now() - seen.at > 10 * touchedEveryMs ? look.all : null;
  };
}

async function lookOf(path: string) {
  const [text, info] = await Promise.all([readFile(path, "utf8"), stat(path)]).catch(() => [null, null]);
  if (text === null || info === null) return null;
  return { text, touchedMs: info.mtimeMs, all: `${info.ino} ${info.mtimeMs} ${text}` };
}

/** Null where it does not say. The first delivery wrote a bare process id. */
function ownerOf(text: string): ProcessStamp | null {
  if (/^\d+$/.test(text)) return { host: hostname(), pid: Number(text), started: null };
  try {
    const { host, pid, started } = JSON.parse(text);
    return typeof host === "string" && typeof pid === "number"
      ? { host, pid, started: started ?? null }
      : null;
  } catch {
    return null;
  }
}

/** Of several who see a dead owner one moves the lock away; whoever then took a new one for the dead one puts it back. */
async function breakLock(path: string, dead: string): Promise<void> {
  const aside = asideOf(path);
  try {
    await rename(path, aside);
    if ((await lookOf(aside))?.all !== dead) await link(aside, path);
  } catch {
    // Another was faster.
  } finally {
    await rm(aside, { force: true });
  }
}

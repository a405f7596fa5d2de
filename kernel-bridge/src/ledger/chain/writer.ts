import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Store } from "../store/open-store.ts";

/**
 * The chain this process appends to. Each has one writer at a time, so that no commit can be lost to another.
 *
 * A process takes over the chain of one that is gone, else begins its own; it keeps it until it ends.
 */
export function writerOf(store: Store): Promise<string> {
  const known = writers.get(store.dir) ?? claimWriter(store);
  writers.set(store.dir, known);
  known.catch(() => writers.delete(store.dir));
  return known;
}

const writers = new Map<string, Promise<string>>();
const owner = `${process.pid} ${hostname()}`;

async function claimWriter(store: Store): Promise<string> {
  const folder = join(store.dir, "writers");
  await mkdir(folder, { recursive: true });
  for (const name of (await readdir(folder)).filter((each) => each.endsWith(".lock"))) {
    if (await takeOver(join(folder, name))) return name.slice(0, -5);
  }
  const id = randomUUID().slice(0, 8);
  await writeAtomically(join(folder, `${id}.lock`), owner);
  return id;
}

/** The marker is held while the lock is read and written, so that of two processes that see a dead owner one gets the chain. */
async function takeOver(lock: string): Promise<boolean> {
  const marker = `${lock}.taking`;
  const held = await open(marker, "wx").catch(() => null);
  if (held === null) return false;
  try {
    const [pid = "", host] = (await readFile(lock, "utf8")).split(" ");
    // Whether a process of another machine, or of another container, lives cannot be told from here.
    if (host !== hostname() || isAlive(Number.parseInt(pid, 10))) return false;
    await writeAtomically(lock, owner);
    return true;
  } finally {
    await held.close();
    await rm(marker, { force: true });
  }
}

/** Whether a process of this machine lives; one that may not be signaled lives too. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

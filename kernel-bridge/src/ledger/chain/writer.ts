import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isGone, ownStamp, type ProcessStamp } from "../../processes/process-stamp.ts";
import type { Store, WritableStore } from "../store/store.ts";
import { writerId } from "./refs.ts";

/**
 * The chain this process appends to. Each has one writer at a time, so that no commit can be lost to another.
 *
 * A process takes over the chain of one that is gone, else begins its own; it keeps it until it ends.
 */
export function writerOf(store: WritableStore): Promise<string> {
  const known = writers.get(store.dir) ?? claimWriter(store);
  writers.set(store.dir, known);
  known.catch(() => writers.delete(store.dir));
  return known;
}

/** The chains that processes of this machine append or appended to. */
export async function ownWriters(store: Store): Promise<ReadonlySet<string>> {
  const names = await readdir(writersFolder(store)).catch(() => []);
  return new Set(names.map((name) => name.replace(/\.lock$/, "")));
}

/** Where the claims lie: `<writer>.lock`, each naming its process. */
export function writersFolder(store: Store): string {
  return join(store.dir, "writers");
}

const writers = new Map<string, Promise<string>>();

async function claimWriter(store: WritableStore): Promise<string> {
  const folder = writersFolder(store);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const id = name.replace(/\.lock$/, "");
    if (writerId.test(id) && (await takeOver(store, join(folder, name)))) return id;
  }
  for (;;) {
    const id = randomUUID().slice(0, 8);
    if (await claim(join(folder, `${id}.lock`), JSON.stringify(ownStamp()))) return id;
  }
}

/** False where there is a claim. One that was torn says nothing of its owner and is never taken over. */
async function claim(path: string, stamp: string): Promise<boolean> {
  return writeFile(path, stamp, { flag: "wx" }).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === "EEXIST") return false;
      throw cause;
    },
  );
}

/** Of several who see a dead owner one moves its claim away. Whoever moved a living one, which took it over meanwhile, puts it back. */
async function takeOver(store: WritableStore, path: string): Promise<boolean> {
  const seen = await readFile(path, "utf8").catch(() => null);
  const owner = seen === null ? null : ownerOf(seen);
  if (owner === null || !isGone(owner)) return false;
  const aside = join(store.temporary, `${randomUUID()}.claim`);
  try {
    await rename(path, aside);
    const moved = await readFile(aside, "utf8");
    if (moved === seen) return await claim(path, JSON.stringify(ownStamp()));
    await claim(path, moved);
    return false;
  } catch {
    // Another was faster.
    return false;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Null where it does not say. The first delivery wrote process id and host. */
function ownerOf(text: string): ProcessStamp | null {
  const [, pid, host] = /^(\d+) (\S+)$/.exec(text) ?? [];
  if (pid !== undefined && host !== undefined) return { host, pid: Number(pid), started: null };
  try {
    const stamp = JSON.parse(text);
    return typeof stamp.host === "string" && typeof stamp.pid === "number" ? stamp : null;
  } catch {
    return null;
  }
}

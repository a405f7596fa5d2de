import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isGone, ownStamp, type ProcessStamp } from "@lookback/kernel-bridge/processes/process-stamp.ts";

const PREFIX = "lookback-rehearsal-";
const OWNER = "owner.json";

/** A folder that is this process's alone, with its name in it; those of processes that were killed are swept. */
export async function makeRehearsalFolder(place = tmpdir()): Promise<string> {
  await sweep(place);
  const folder = await mkdtemp(join(place, PREFIX));
  await writeFile(join(folder, OWNER), JSON.stringify(ownStamp()), { mode: 0o600 });
  return folder;
}

export async function removeRehearsalFolder(folder: string): Promise<void> {
  // What a process that still ends holds open stays until the next sweep: no reason to forget what was found.
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** An empty folder in it, for one attempt; those of the attempts before are removed: each holds all that was read. */
export async function attemptFolder(folder: string, name: string): Promise<string> {
  for (const before of await readdir(folder))
    if (before !== OWNER) await removeRehearsalFolder(join(folder, before));
  const made = join(folder, name);
  await mkdir(made);
  return made;
}

async function sweep(place: string): Promise<void> {
  for (const name of await readdir(place).catch(() => [])) {
    if (!name.startsWith(PREFIX)) continue;
    const owner = await ownerOf(join(place, name));
    // Without an owner it is just being made, or was killed while it was: nothing of the person's is in it, and it is small.
    if (owner !== null && isGone(owner)) await removeRehearsalFolder(join(place, name));
  }
}

async function ownerOf(folder: string): Promise<ProcessStamp | null> {
  try {
    return JSON.parse(await readFile(join(folder, OWNER), "utf8")) as ProcessStamp;
  } catch {
    return null;
  }
}

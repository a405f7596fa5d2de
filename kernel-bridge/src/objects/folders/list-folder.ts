import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";

/** The files of a folder and how each looks, a column a fact: there may be a million. Sorted by path. */
export interface FolderListing {
  /** From the folder, with forward slashes. */
  readonly paths: string[];
  readonly sizes: number[];
  readonly mtimes: number[];
  readonly ctimes: number[];
  readonly inodes: number[];
  /** What is in the folder and no file of it, with why. */
  readonly skipped: SkippedFile[];
}

export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** Lists a folder and all below it. Links to files are followed, links to folders are not: they may lead anywhere. */
export async function listFolder(folder: string): Promise<FolderListing> {
  const listing: FolderListing = { paths: [], sizes: [], mtimes: [], ctimes: [], inodes: [], skipped: [] };
  const rest = breather();
  const visit = async (below: string) => {
    const entries = readdirSync(join(folder, below), { withFileTypes: true });
    const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
    for (const name of names) {
      const pause = rest();
      if (pause !== undefined) await pause;
      if (name.endsWith("/")) await visit(`${below}${name}`);
      else look(folder, `${below}${name}`, listing);
    }
  };
  await visit("");
  return listing;
}

/** Answers what lets others run, once this has run for a while. A call a file in the threads of the pool would take ten times as long. */
export function breather(): () => Promise<void> | void {
  let began = performance.now();
  let calls = 0;
  return () => {
    if (++calls % 64 !== 0 || performance.now() - began < 15) return;
    return setImmediate(undefined).then(() => {
      began = performance.now();
    });
  };
}

function look(folder: string, path: string, listing: FolderListing): void {
  try {
    // Joined as text: a call that makes it tidy takes as long as the disk's answer.
    const stats = statSync(`${folder}/${path}`);
    if (!stats.isFile()) {
      const reason = stats.isDirectory() ? "a link to a folder" : "a pipe, a socket or a device";
      listing.skipped.push({ path, reason });
      return;
    }
    listing.paths.push(path);
    listing.sizes.push(stats.size);
    listing.mtimes.push(stats.mtimeMs);
    listing.ctimes.push(stats.ctimeMs);
    listing.inodes.push(stats.ino);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    listing.skipped.push({ path, reason: code === "ENOENT" ? "a link to nothing" : message });
  }
}

import type { readdirSync, statSync } from "node:fs";

/** A folder to look into. */
export interface Visit {
  /** From where one began, with forward slashes and one behind it; "" for that itself. */
  readonly below: string;
  /** The files of it that are meant, in order, with zeros between; null for all, and the folders in it. */
  readonly names: string | null;
}

/** Files of one folder that were looked at: those of one visit. */
export interface Looked {
  readonly below: string;
  /** In order, with zeros between. */
  readonly names: string;
  /** Four numbers a file: its size, when it changed and when its status did, in milliseconds, and its inode. */
  readonly looks: Float64Array;
  /** What is there and no file, with why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** What of `node:fs` looks at files. */
export interface Disk {
  readonly readdirSync: typeof readdirSync;
  readonly statSync: typeof statSync;
}

/**
 * Looks at about so many files of those that are `left` to visit, and leaves there what still is. Links to files are followed, links to
 * folders are not: they may lead anywhere.
 *
 * It runs in threads as a text of its own: it uses nothing but what it is given.
 */
export function lookBelow(disk: Disk, folder: string, left: Visit[], most: number): Looked[] {
  const looked: Looked[] = [];
  let room = most;
  const namesIn = (below: string): string[] => {
    const names: string[] = [];
    for (const entry of disk.readdirSync(`${folder}/${below}`, { withFileTypes: true }))
      if (entry.isDirectory()) left.push({ below: `${below}${entry.name}/`, names: null });
      else names.push(entry.name);
    return names.sort();
  };
  while (left.length > 0 && room > 0) {
    const { below, names } = left.pop()!;
    let own = names === null ? namesIn(below) : names.split("\0");
    // Cut at once: what is left may go to several threads.
    for (let at = most; at < own.length; at += most)
      left.push({ below, names: own.slice(at, at + most).join("\0") });
    own = own.slice(0, most);
    room -= own.length + 1;
    const looks = new Float64Array(own.length * 4);
    const skipped: { path: string; reason: string }[] = [];
    let end = 0;
    const found = own.filter((name) => {
      try {
        // Joined as text: a call that makes it tidy takes as long as the disk's answer.
        const stats = disk.statSync(`${folder}/${below}${name}`);
        if (!stats.isFile()) {
          const reason = stats.isDirectory() ? "a link to a folder" : "a pipe, a socket or a device";
          skipped.push({ path: below + name, reason });
          return false;
        }
        looks[end] = stats.size;
        looks[end + 1] = stats.mtimeMs;
        looks[end + 2] = stats.ctimeMs;
        looks[end + 3] = stats.ino;
        end += 4;
        return true;
      } catch (cause) {
        const { code, message } = cause as { readonly code?: string; readonly message: string };
        skipped.push({ path: below + name, reason: code === "ENOENT" ? "a link to nothing" : message });
        return false;
      }
    });
    looked.push({ below, names: found.join("\0"), looks: looks.slice(0, end), skipped });
  }
  return looked;
}

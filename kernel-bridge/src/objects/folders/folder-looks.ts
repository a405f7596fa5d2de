import { createHash, hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ChunkId } from "../chunks/chunk-id.ts";
import type { ObjectStore } from "../object-store.ts";
import { writeAtomically } from "../write-atomically.ts";
import type { FolderListing } from "./list-folder.ts";

/** What the files of a folder hashed to when they looked as remembered. */
export interface FolderLooks {
  /** The SHA-256 of the manifest then. */
  readonly sha256: string;
  /** How many files there were. */
  readonly count: number;
  /** What a file of the listing hashed to, if it looks as it did; else null. Asked in order of the listing. */
  hashOf(listing: FolderListing, at: number): ChunkId | null;
}

/*
 * One file a folder, a cache: magic, the manifest's SHA-256, the number of files; then columns: size, time of change, of status change,
 * inode, 8 bytes each; SHA-256; the paths, each with a zero behind it; then the SHA-256 of all that. A time of NaN is like no other.
 */
const magic = Buffer.from("lookback folder\n", "latin1");
const headBytes = magic.length + 32 + 8;

/** What is remembered of a folder; null when nothing is. */
export async function folderLooks(store: ObjectStore, folder: string): Promise<FolderLooks | null> {
  const bytes = await readFile(looksPath(store, folder)).catch(() => null);
  if (bytes === null || bytes.length < headBytes + 32 || !bytes.subarray(0, magic.length).equals(magic))
    return null;
  if (!hash("sha256", bytes.subarray(0, -32), "buffer").equals(bytes.subarray(-32))) return null;
  const count = bytes.readDoubleLE(magic.length + 32);
  // A copy begins where numbers may.
  const column = (at: number) => {
    const from = bytes.byteOffset + headBytes + at * 8 * count;
    return new Float64Array(bytes.buffer.slice(from, from + 8 * count));
  };
  const [sizes, mtimes, ctimes, inodes] = [column(0), column(1), column(2), column(3)];
  const hashes = headBytes + 32 * count;
  const paths = bytes.toString("utf8", hashes + 32 * count, bytes.length - 32).split("\0");
  let next = 0;
  return {
    sha256: bytes.toString("hex", magic.length, magic.length + 32),
    count,
    hashOf(listing, at) {
      const path = listing.paths[at]!;
      while (next < count && paths[next]! < path) next++;
      const isSame =
        paths[next] === path &&
        sizes[next] === listing.sizes[at] &&
        mtimes[next] === listing.mtimes[at] &&
        ctimes[next] === listing.ctimes[at] &&
        inodes[next] === listing.inodes[at];
      return isSame ? bytes.toString("latin1", hashes + next * 32, hashes + next * 32 + 32) : null;
    },
  };
}

/**
 * Remembers what the files of a folder hashed to; where `ids` has none, nothing of the file. Of a file changed within the two seconds
 * before `began` the looks are not remembered: it could change once more and keep them.
 */
export async function rememberFolder(
  store: ObjectStore,
  folder: string,
  listing: FolderListing,
  ids: readonly (ChunkId | null)[],
  sha256: string,
  began: number,
): Promise<void> {
  const isSettled = (at: number) =>
    ids[at] !== null && began - Math.max(listing.mtimes[at]!, listing.ctimes[at]!) >= 2_000;
  const count = Buffer.alloc(8);
  count.writeDoubleLE(listing.paths.length);
  const mtimes = listing.mtimes.map((time, at) => (isSettled(at) ? time : Number.NaN));
  const nothing = "\0".repeat(32);
  const parts = [
    magic,
    Buffer.from(sha256, "hex"),
    count,
    ...[listing.sizes, mtimes, listing.ctimes, listing.inodes].map((column) =>
      Buffer.from(new Float64Array(column).buffer),
    ),
    Buffer.from(ids.map((id) => id ?? nothing).join(""), "latin1"),
    Buffer.from(`${listing.paths.join("\0")}\0`, "utf8"),
  ];
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  const content = Buffer.concat([...parts, sum.digest()]);
  const writing = { temporary: store.temporary, sync: "nothing" } as const;
  await writeAtomically(looksPath(store, folder), content, writing).catch(() => undefined);
}

function looksPath(store: ObjectStore, folder: string): string {
  return join(store.dir, "folders", `${hash("sha256", resolve(folder), "hex")}.looks`);
}

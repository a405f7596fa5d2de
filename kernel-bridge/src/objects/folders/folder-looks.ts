import { createHash, hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ObjectStore } from "../object-store.ts";
import { writeAtomically } from "../write-atomically.ts";
import { countOf, type FileRun, type FolderListing, namesOf } from "./list-folder.ts";

/** What the files of a folder hashed to when they looked as remembered. */
export interface FolderLooks {
  /** The SHA-256 of the manifest then. */
  readonly sha256: string;
  /** How many files there were. */
  readonly files: number;
  /** What files hashed to that look as they did. */
  hashesOf(run: FileRun): KnownHashes;
}

/** Of a run of files what is known. */
export interface KnownHashes {
  /** 32 bytes a file. */
  readonly hashes: Buffer;
  /** Whether the file looks as it did when it hashed to that. */
  isKnown(at: number): boolean;
}

/*
 * One file a folder, a cache: magic; the manifest's SHA-256; how many bytes of UTF-8 the runs are; the runs as JSON, `[[below, names, count], …]`,
 * filled up with spaces to a multiple of 8; the looks of all files in order, four doubles each; their SHA-256, 32 bytes each; then the
 * SHA-256 of all that. A time of NaN is like no other.
 */
const magic = Buffer.from("lookback looks 2", "latin1");
const headBytes = magic.length + 32 + 8;

/** What is remembered of a folder; null when nothing is. */
export async function folderLooks(store: ObjectStore, folder: string): Promise<FolderLooks | null> {
  const bytes = await readFile(looksPath(store, folder)).catch(() => null);
  if (bytes === null || bytes.length < headBytes + 32 || !bytes.subarray(0, magic.length).equals(magic))
    return null;
  if (!hash("sha256", bytes.subarray(0, -32), "buffer").equals(bytes.subarray(-32))) return null;
  const runsEnd = headBytes + bytes.readDoubleLE(magic.length + 32);
  const listed: [string, string, number][] = JSON.parse(bytes.toString("utf8", headBytes, runsEnd));
  const files = (bytes.length - 32 - runsEnd) / 64;
  const looks = bytes.subarray(runsEnd, runsEnd + files * 32);
  const hashes = bytes.subarray(runsEnd + files * 32, -32);
  const folders = new Map<string, Remembered>();
  let first = 0;
  for (const [below, names, count] of listed) {
    const folder: Remembered = folders.get(below) ?? { runs: new Map(), places: null };
    folders.set(below, folder);
    folder.runs.set(names, first);
    first += count;
  }
  return {
    sha256: bytes.toString("hex", magic.length, magic.length + 32),
    files,
    hashesOf(run) {
      const folder = folders.get(run.below) ?? { runs: new Map(), places: null };
      const now = bytesOf(run.looks);
      const begin = folder.runs.get(run.names);
      const end = (begin ?? 0) + countOf(run);
      // Most often nothing in a folder has changed: then no file of it is looked at alone.
      if (begin !== undefined && looks.subarray(begin * 32, end * 32).equals(now))
        return { hashes: hashes.subarray(begin * 32, end * 32), isKnown: () => true };
      folder.places ??= placesIn(folder.runs);
      const found = Buffer.alloc(now.length);
      const known = namesOf(run).map((name, at) => {
        const from = (folder.places?.get(name) ?? -1) * 32;
        if (from < 0 || looks.compare(now, at * 32, at * 32 + 32, from, from + 32) !== 0) return false;
        hashes.copy(found, at * 32, from, from + 32);
        return true;
      });
      return { hashes: found, isKnown: (at) => known[at]! };
    },
  };
}

/** A folder as it was remembered: its runs, by their names, and which file in all each begins with. */
interface Remembered {
  readonly runs: Map<string, number>;
  /** Which in all each file is, by its name. */
  places: ReadonlyMap<string, number> | null;
}

function placesIn(runs: ReadonlyMap<string, number>): Map<string, number> {
  const places = new Map<string, number>();
  for (const [names, first] of runs)
    for (const [at, name] of namesOf({ names }).entries()) places.set(name, first + at);
  return places;
}

/**
 * Remembers what the files of a folder hashed to, 32 bytes each in order; of those that are not `isKept` nothing. Of a file changed within
 * the two seconds before `began` the looks are not remembered: it could change once more and keep them.
 */
export async function rememberFolder(
  store: ObjectStore,
  folder: string,
  { runs }: FolderListing,
  known: { readonly sha256: string; readonly hashes: Buffer; readonly isKept: (at: number) => boolean },
  began: number,
): Promise<void> {
  const text = Buffer.from(JSON.stringify(runs.map((run) => [run.below, run.names, countOf(run)])));
  const head = Buffer.alloc(headBytes + Math.ceil(text.length / 8) * 8, " ");
  magic.copy(head);
  head.write(known.sha256, magic.length, "hex");
  head.writeDoubleLE(head.length - headBytes, magic.length + 32);
  text.copy(head, headBytes);
  let at = 0;
  const looks = runs.map((run) => {
    const settled = run.looks.slice();
    for (let place = 0; place < settled.length; place += 4, at++) {
      const changed = Math.max(settled[place + 1]!, settled[place + 2]!);
      if (began - changed < 2_000 || !known.isKept(at)) settled[place + 1] = Number.NaN;
    }
    return bytesOf(settled);
  });
  const parts = [head, ...looks, known.hashes];
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  const content = Buffer.concat([...parts, sum.digest()]);
  const writing = { temporary: store.temporary, sync: "nothing" } as const;
  await writeAtomically(looksPath(store, folder), content, writing).catch(() => undefined);
}

function bytesOf(looks: Float64Array): Buffer {
  return Buffer.from(looks.buffer, looks.byteOffset, looks.byteLength);
}

function looksPath(store: ObjectStore, folder: string): string {
  return join(store.dir, "folders", `${hash("sha256", resolve(folder), "hex")}.looks`);
}

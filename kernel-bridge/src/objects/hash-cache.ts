import type { BigIntStats } from "node:fs";
import { appendFile, open } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { ObjectStore } from "./object-store.ts";
import { writeAtomically } from "./write-atomically.ts";

/** The SHA-256 a file had when it last looked exactly like this, to the nanosecond; null when it looks new or was never hashed. */
export async function cachedHash(store: ObjectStore, path: string, now: BigIntStats): Promise<string | null> {
  const known = (await knownLooks(store)).get(path);
  return known !== undefined && known.look === lookOf(now) ? known.sha256 : null;
}

/** The SHA-256 a file had when it was last hashed, whatever it looks like now; null when it never was. */
export async function hashBefore(store: ObjectStore, path: string): Promise<string | null> {
  return (await knownLooks(store)).get(path)?.sha256 ?? null;
}

/**
 * Remembers what a file hashed to; `before` is how it looked before it was read.
 *
 * Of a file changed within the last two seconds the looks are not remembered: it could change once more and keep them (git's racy rule).
 */
export async function rememberHash(
  store: ObjectStore,
  path: string,
  before: BigIntStats,
  sha256: string,
  nowMs: number,
): Promise<void> {
  const changed = Math.max(Number(before.mtimeMs), Number(before.ctimeMs));
  const look = nowMs - changed < 2_000 ? null : lookOf(before);
  const looks = await knownLooks(store);
  const known = looks.get(path);
  if (known?.sha256 === sha256 && known.look === look) return;
  // A cache: without it the next run hashes again. What a crash tore ends before the first line.
  await appendFile(looksPath(store), `\n${lineOf(path, { look, sha256 })}`).catch(() => undefined);
  const copy = copies.get(store.dir);
  if (copy !== undefined && copy.lines > 2 * copy.looks.size + 1_000) await writeAnew(store, copy.looks);
}

interface Look {
  /** Null of a file that may still change and keep its looks. */
  readonly look: string | null;
  readonly sha256: string;
}

interface Copy {
  readonly ino: number;
  /** Where what is read ends, in bytes. */
  end: number;
  lines: number;
  readonly looks: Map<string, Look>;
}

const copies = new Map<string, Copy>();
/** Of more files than this those that were hashed last. */
const mostLooks = 100_000;

/** Path → what is known of it. In a process, only what was added since is read. */
async function knownLooks(store: ObjectStore): Promise<ReadonlyMap<string, Look>> {
  const file = await open(looksPath(store), "r").catch(() => null);
  try {
    const { ino, size } = (await file?.stat()) ?? { ino: 0, size: 0 };
    let copy = copies.get(store.dir);
    // Another file, or a shorter one: somebody wrote it anew.
    if (copy?.ino !== ino || copy.end > size) copy = { ino, end: 0, lines: 0, looks: new Map() };
    copies.set(store.dir, copy);
    if (file === null || copy.end >= size) return copy.looks;
    const start = copy.end;
    const bytes = Buffer.allocUnsafe(size - start);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    // Another call of this process was faster.
    if (copy.end !== start) return copy.looks;
    // A last line without its end is still being written.
    const end = bytes.subarray(0, bytesRead).lastIndexOf(10) + 1;
    for (const line of bytes.toString("utf8", 0, end).split("\n")) {
      if (line === "") continue;
      copy.lines++;
      readLine(line, copy.looks);
    }
    copy.end += end;
    return copy.looks;
  } catch {
    return new Map();
  } finally {
    await file?.close();
  }
}

async function writeAnew(store: ObjectStore, looks: ReadonlyMap<string, Look>): Promise<void> {
  const lines = [...looks].slice(-mostLooks).map(([path, look]) => lineOf(path, look));
  const writing = { temporary: store.temporary, sync: "nothing" } as const;
  await writeAtomically(looksPath(store), lines.join(""), writing).catch(() => undefined);
}

/** A line begins with its CRC-32: one that is torn, or written into by another, must not pass for what it is not. */
function lineOf(path: string, { look, sha256 }: Look): string {
  const text = JSON.stringify([path, look, sha256]);
  return `${crc32(text).toString(16)} ${text}\n`;
}

function readLine(line: string, looks: Map<string, Look>): void {
  const space = line.indexOf(" ");
  const text = line.slice(space + 1);
  if (crc32(text).toString(16) !== line.slice(0, space)) return;
  const [path, look, sha256] = JSON.parse(text);
  // What was hashed last comes last.
  looks.delete(path);
  looks.set(path, { look, sha256 });
}

function lookOf({ size, mtimeNs, ctimeNs, ino, dev }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino, dev].join(" ");
}

function looksPath(store: ObjectStore): string {
  return join(store.dir, "looks.jsonl");
}

import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, truncate } from "node:fs/promises";
import { basename, join } from "node:path";
import { Failure } from "../../failure.ts";
import type { ObjectStore } from "../../objects/object-store.ts";
import { segmentFolder } from "../../objects/segments/catalog.ts";
import { directoryBytes, endBytes, readDirectory } from "../../objects/segments/segment-format.ts";
import type { Store } from "../store/store.ts";
import type { Bucket, Piece } from "./buckets/bucket.ts";
import type { Remote } from "./remote-list.ts";

/**
 * What a remote holds of files, as a store that knows all and has the bytes of none: each segment is a file as long as the one there, of which only
 * what stands behind the bodies was fetched.
 */
export function mirrorOf(store: Store, remote: Remote): ObjectStore {
  const dir = join(store.dir, "remotes", remote.name);
  return { dir, temporary: store.temporary };
}

/** Brings the mirror up to date: fetches the directories of segments that are new there, and forgets what is gone. */
export async function refreshMirror(mirror: ObjectStore, bucket: Bucket): Promise<void> {
  const folder = segmentFolder(mirror);
  await mkdir(folder, { recursive: true });
  const there = new Map((await bucket.list("data/")).map((piece) => [basename(piece.name), piece]));
  for (const name of await readdir(folder))
    if (!there.has(name)) await rm(join(folder, name), { force: true });
  for (const [name, piece] of there) {
    if (!/^[0-9a-f-]{36}\.segment$/.test(name)) continue;
    const known = await stat(join(folder, name)).catch(() => null);
    if (known?.size !== piece.size) await fetchDirectory(mirror, bucket, piece);
  }
}

/** Where a segment lies at a remote. */
export function segmentName(id: string): string {
  return `data/${id}.segment`;
}

/** Puts a segment that was just sent into the mirror: its own file, without its bodies. */
export async function addToMirror(mirror: ObjectStore, id: string, bytes: Buffer): Promise<void> {
  const start = bodiesEnd(bytes, bytes.length);
  if (start !== null) await lay(mirror, id, bytes.length, bytes.subarray(start));
}

async function fetchDirectory(mirror: ObjectStore, bucket: Bucket, { name, size }: Piece): Promise<void> {
  const read = async (length: number) => {
    const offset = Math.max(0, size - length);
    const bytes = await bucket.read(name, { offset, length: size - offset });
    return bytes ?? Buffer.alloc(0);
  };
  const first = await read(firstBytes);
  const length = directoryBytes(first.subarray(-endBytes));
  if (length === null) throw damaged(name);
  const whole = length <= first.length ? first : await read(length);
  const start = bodiesEnd(whole.subarray(-length), size);
  if (start === null) throw damaged(name);
  const tail =
    size - start <= whole.length ? whole.subarray(whole.length - (size - start)) : await read(size - start);
  await lay(mirror, basename(name, ".segment"), size, tail);
}

/** A segment's directory is most often shorter than this: one question is enough. */
const firstBytes = 256 << 10;

/** Where the bodies of a segment end, by the bytes of its end; null when they are no segment's. */
function bodiesEnd(end: Buffer, size: number): number | null {
  const length = directoryBytes(end.subarray(-endBytes));
  if (length === null || length > end.length) return null;
  return readDirectory(end.subarray(-length), size)?.deltas.offset ?? null;
}

async function lay(mirror: ObjectStore, id: string, size: number, tail: Buffer): Promise<void> {
  const before = join(mirror.temporary, `${randomUUID()}.mirror`);
  const file = await open(before, "wx");
  try {
    // The bodies stay a hole: most file systems keep no room for it.
    await file.write(tail, 0, tail.length, size - tail.length);
  } finally {
    await file.close();
  }
  await truncate(before, size);
  await rename(before, join(segmentFolder(mirror), `${id}.segment`));
}

function damaged(name: string): Failure {
  return new Failure("remotes/damaged", `${name} is damaged there. Nothing of it was taken.`, {
    advice: "Remove it there, and push again from where its data is.",
    data: { name },
  });
}

import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ObjectStore } from "./object-store.ts";
import { writeAtomically } from "./write-atomically.ts";

/** The SHA-256 a file had when it last looked exactly like this, to the nanosecond; null when it looks new or was never hashed. */
export async function cachedHash(store: ObjectStore, path: string, now: BigIntStats): Promise<string | null> {
  try {
    const { look, sha256 } = JSON.parse(await readFile(placeOf(store, path), "utf8"));
    return look === lookOf(now) && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : null;
  } catch {
    // Absent or unreadable: the file is hashed again.
    return null;
  }
}

/**
 * Remembers what a file hashed to; `before` is how it looked before it was read.
 *
 * A file changed within the last two seconds is not remembered: it could change once more and keep its looks (git's racy rule).
 */
export async function rememberHash(
  store: ObjectStore,
  path: string,
  before: BigIntStats,
  sha256: string,
  nowMs: number,
): Promise<void> {
  const changed = Math.max(Number(before.mtimeMs), Number(before.ctimeMs));
  if (nowMs - changed < 2_000) return;
  const content = JSON.stringify({ path, look: lookOf(before), sha256 });
  // A cache: without it the next run hashes again.
  await writeAtomically(placeOf(store, path), content, { temporary: store.temporary, sync: "nothing" }).catch(
    () => undefined,
  );
}

function lookOf({ size, mtimeNs, ctimeNs, ino, dev }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino, dev].join(" ");
}

function placeOf(store: ObjectStore, path: string): string {
  const name = createHash("sha256").update(path, "utf8").digest("hex");
  return join(store.dir, "looks", `${name}.json`);
}

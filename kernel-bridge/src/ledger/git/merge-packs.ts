import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { WritableStore } from "../store/store.ts";
import { ifUnlocked } from "../store/with-lock.ts";
import { type PackEntry, packOf, packTypes } from "./pack-bytes.ts";
import { addPack, type KnownPack, packsOf } from "./packs.ts";

/**
 * Merges small packs, once there are many: every run adds one, and whoever looks for an object asks each. The smallest are merged
 * while the next is not larger than they together, so that each byte is written anew but a few times. What is merged is in both
 * places until the new pack is durable. Does nothing while another process does it.
 */
export async function mergePacks(store: WritableStore): Promise<void> {
  if ((await smallPacks(store)).length < many) return;
  await ifUnlocked(join(store.dir, "merge.lock"), async () => {
    const merged = chosenOf(await smallPacks(store));
    if (merged.length < many / 2) return;
    const entries = new Map<string, PackEntry>();
    const gone: KnownPack[] = [];
    for (const pack of merged) {
      const found = await entriesOf(pack);
      if (found === null) continue;
      for (const entry of found) entries.set(entry.oid, entry);
      gone.push(pack);
    }
    if (gone.length < 2) return;
    const whole = packOf([...entries.values()]);
    await addPack(store, whole);
    for (const { path } of gone) {
      if (path.endsWith(`pack-${whole.name}.pack`)) continue;
      // Without its index a pack does not count.
      await rm(path.replace(/pack$/, "idx"), { force: true });
      await rm(path, { force: true });
    }
  });
}

const many = 50;
const largeBytes = 32 << 20;

async function smallPacks(store: WritableStore): Promise<KnownPack[]> {
  return [...(await packsOf(store)).values()].filter((pack) => pack.size < largeBytes);
}

function chosenOf(packs: readonly KnownPack[]): KnownPack[] {
  const sorted = [...packs].sort((a, b) => a.size - b.size);
  let sum = 0;
  const end = sorted.findIndex((pack, at) => {
    if (at >= many / 2 && pack.size > sum) return true;
    sum += pack.size;
    return false;
  });
  return end < 0 ? sorted : sorted.slice(0, end);
}

/** Null for a pack of another git's making, which is left as it is: its deltas rest on where others lie. */
async function entriesOf({ path, index }: KnownPack): Promise<PackEntry[] | null> {
  const bytes = await readFile(path);
  const entries = index
    .entries()
    .map(({ oid, offset, end }) => ({ oid, bytes: bytes.subarray(offset, end) }));
  return entries.every((entry) => packTypes[(entry.bytes[0]! >> 4) & 7]) ? entries : null;
}

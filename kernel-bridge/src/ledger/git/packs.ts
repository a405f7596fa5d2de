import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Store, WritableStore } from "../store/store.ts";
import type { Pack } from "./pack-bytes.ts";
import { type PackIndex, readPackIndex } from "./pack-index.ts";

/** A pack of the store. */
export interface KnownPack {
  /** Absolute path of the pack's bytes. */
  readonly path: string;
  readonly size: number;
  readonly index: PackIndex;
}

/** The packs the store holds, by name. Each index is read once in a process: after that only those that others added. */
export async function packsOf(store: Store): Promise<ReadonlyMap<string, KnownPack>> {
  const folder = packFolder(store);
  const known = packs.get(folder) ?? new Map<string, KnownPack>();
  packs.set(folder, known);
  const names = await readdir(folder).catch(() => []);
  const present = new Set(names.filter((name) => name.endsWith(".idx")).map((name) => name.slice(0, -4)));
  for (const name of known.keys()) if (!present.has(name)) known.delete(name);
  for (const name of present) {
    if (known.has(name)) continue;
    const path = join(folder, `${name}.pack`);
    // Merged into another meanwhile, or half of a copy: its objects are elsewhere, or missed when they are asked for.
    const [bytes, info] = await Promise.all([readFile(join(folder, `${name}.idx`)), stat(path)]).catch(
      () => [],
    );
    const index = bytes === undefined ? null : readPackIndex(bytes, info!.size);
    if (index !== null) known.set(name, { path, size: info!.size, index });
  }
  return known;
}

const packs = new Map<string, Map<string, KnownPack>>();

/** Adds a pack: durable, and then seen, its index last. */
export async function addPack(store: WritableStore, { name, pack, index }: Pack): Promise<void> {
  const place = join(packFolder(store), `pack-${name}`);
  await writeAtomically(`${place}.pack`, pack, store);
  await writeAtomically(`${place}.idx`, index, { temporary: store.temporary, sync: "name" });
}

/** The folder of packs. */
export function packFolder(store: Store): string {
  return join(store.gitdir, "objects", "pack");
}

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { openSegment } from "../../objects/segments/segment.ts";
import { writerId } from "../chain/refs.ts";
import type { Store } from "../store/store.ts";

/** A file in the store that nothing of it refers to: what a killed process, another program or a copy left. It changes nothing. */
export interface StrayFile {
  /** From the store's folder, with forward slashes. */
  readonly path: string;
  /** Since it was last written. */
  readonly ageMs: number;
  /** Whether it lies where files are written before they take their place, and may be one that is. */
  readonly isTemporary: boolean;
  /** Whether it held what was recorded and cannot be read any more: a part of its bytes may be all that is left of it. */
  readonly isDamaged: boolean;
}

/** The name of a file of the store that holds recorded bytes, whether or not it can be read. */
export const segmentName = /^objects\/segments\/[0-9a-f-]{36}\.segment$/;

/** Every such file in the folders of the ledger and the content store, sorted. What others keep beside them is theirs. */
export async function strayFiles(store: Store): Promise<StrayFile[]> {
  const strays: StrayFile[] = [];
  const below = new Map<string, string[]>();
  for (const folder of folders) below.set(folder, await filesBelow(join(store.dir, folder), `${folder}/`));
  const present = new Set([...below.values()].flat());
  for (const [folder, files] of below) {
    for (const path of files) {
      if (await belongs(store, path, present)) continue;
      const info = await stat(join(store.dir, path)).catch(() => null);
      if (info === null) continue;
      const isDamaged = segmentName.test(path) && info.size > 0;
      strays.push({ path, ageMs: Date.now() - info.mtimeMs, isTemporary: folder === "tmp", isDamaged });
    }
  }
  const top = await readdir(store.dir, { withFileTypes: true }).catch(() => []);
  for (const entry of top) {
    // The first delivery wrote its files beside their place.
    if (!entry.isFile() || !/\.tmp$|\.lock\.[0-9a-f-]{36}$/.test(entry.name)) continue;
    const info = await stat(join(store.dir, entry.name)).catch(() => null);
    if (info !== null)
      strays.push({
        path: entry.name,
        ageMs: Date.now() - info.mtimeMs,
        isTemporary: false,
        isDamaged: false,
      });
  }
  return strays.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const folders = ["tmp", "journal", "kept", "writers", "objects", "store.git/objects", "store.git/refs"];

/** What a file's name says it is, and what must stand beside it for that. */
const kinds: readonly (readonly [name: RegExp, beside?: string])[] = [
  [/^journal\/[A-Za-z0-9_-]+\.jsonl(\.lock)?$/],
  [/^journal\/[A-Za-z0-9_-]+\.\d+\.(recorded|recording|dropping|ended)$/],
  // What kernels keep for whoever records next goes with its session's journal.
  [/^kept\/([A-Za-z0-9_-]+)\.[0-9a-f-]+(\.files)?$/, "journal/$1.jsonl"],
  [/^writers\/[0-9a-f]{8}\.lock$/],
  [/^objects\/looks\.jsonl$/],
  [/^objects\/folders\/[0-9a-f]{64}\.looks$/],
  [/^(objects\/segments\/[0-9a-f-]{36})\.segment$/],
  [/^(objects\/segments\/[0-9a-f-]{36})\.\d+\.damaged$/, "$1.segment"],
  // Of version 1.
  [/^objects\/files\/[0-9a-f]{64}\.json$/],
  [/^(objects\/segments\/[0-9a-f-]{36})\.seg$/, "$1.idx"],
  [/^(objects\/segments\/[0-9a-f-]{36})\.idx$/, "$1.seg"],
  [/^(objects\/segments\/[0-9a-f-]{36})\.\d+\.damaged$/, "$1.seg"],
  [/^store\.git\/objects\/([0-9a-f]{2}\/[0-9a-f]{38}|info\/.*)$/],
  [/^(store\.git\/objects\/pack\/pack-[0-9a-f]{40})\.pack$/, "$1.idx"],
  [/^(store\.git\/objects\/pack\/pack-[0-9a-f]{40})\.(idx|rev|bitmap|mtimes|keep|promisor)$/, "$1.pack"],
  [/^store\.git\/objects\/pack\/multi-pack-index/],
];

async function belongs(store: Store, path: string, present: ReadonlySet<string>): Promise<boolean> {
  if (path.startsWith("store.git/refs/")) return isRef(store, path);
  const segment = /^objects\/segments\/(.*\.segment)$/.exec(path)?.[1];
  // Of one that cannot be read nothing counts as stored.
  if (segment !== undefined && (await openSegment(join(store.objects.dir, "segments"), segment)) === null)
    return false;
  return kinds.some(([name, beside]) => {
    if (!name.test(path)) return false;
    return beside === undefined || present.has(path.replace(name, beside));
  });
}

/** A ref holds a commit or another ref's name; below `refs/lookback` it has a name of ours, too. A chain's is never debris, whatever it holds. */
async function isRef(store: Store, path: string): Promise<boolean> {
  const chain = /^store\.git\/refs\/lookback\/log\/(.*)$/.exec(path)?.[1];
  if (chain !== undefined) return writerId.test(chain);
  if (/^store\.git\/refs\/lookback\/(?!pin\/)/.test(path) || /\.(tmp|lock)$/.test(path)) return false;
  const text = await readFile(join(store.dir, path), "utf8").catch(() => "");
  return /^([0-9a-f]{40}|ref: refs\/\S+)\n?$/.test(text);
}

async function filesBelow(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) files.push(`${prefix}${entry.name}`);
    else files.push(...(await filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`)));
  }
  return files;
}

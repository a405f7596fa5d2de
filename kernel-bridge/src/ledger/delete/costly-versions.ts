import { parquetMetadata } from "hyparquet";
import { newBytes } from "../../objects/new-bytes.ts";
import type { ObjectStore } from "../../objects/object-store.ts";
import { readEnd } from "../../objects/read-end.ts";

/**
 * A Parquet file whose newest version shares little with the one before. A row more or less puts other rows in every row group behind it,
 * and gives each other dictionaries, so that little is equal even where little changed; pages that are not cut by content are all others.
 */
export interface CostlyVersion {
  readonly path: string;
  /** Of the newest version. */
  readonly size: number;
  /** How many bytes of it the version before does not have. */
  readonly newBytes: number;
  readonly rowGroups: number;
}

/** The versions of a file that are stored, oldest first. */
export interface FileVersions {
  readonly path: string;
  readonly versions: readonly { readonly sha256: string; readonly size: number }[];
}

/** Of these files those whose newest version is costly; what is not stored, or no Parquet file, is not. */
export async function costlyVersions(
  store: ObjectStore,
  files: readonly FileVersions[],
): Promise<CostlyVersion[]> {
  const costly: CostlyVersion[] = [];
  for (const { path, versions } of files) {
    const [before, newest] = versions.slice(-2);
    if (before === undefined || newest === undefined || !/\.(parquet|pq)$/i.test(path)) continue;
    const bytes = await newBytes(store, before.sha256, newest.sha256);
    if (bytes === null || bytes < fewBytes || bytes < newest.size * fewShare) continue;
    const rowGroups = await rowGroupsOf(store, newest.sha256);
    if (rowGroups !== null) costly.push({ path, size: newest.size, newBytes: bytes, rowGroups });
  }
  return costly;
}

const fewBytes = 1_000_000;
const fewShare = 0.05;
const tailBytes = 8;

/** Null for what is no Parquet file. */
async function rowGroupsOf(store: ObjectStore, sha256: string): Promise<number | null> {
  const tail = (await readEnd(store, sha256, tailBytes))?.subarray(-tailBytes);
  if (tail?.length !== tailBytes || tail.toString("latin1", 4) !== "PAR1") return null;
  const foot = await readEnd(store, sha256, tail.readUInt32LE(0) + tailBytes);
  try {
    return foot && parquetMetadata(Uint8Array.from(foot).buffer).row_groups.length;
  } catch {
    return null;
  }
}

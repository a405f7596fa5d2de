import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import type { ChunkId } from "../../objects/chunks/chunk-id.ts";
import { hasFile } from "../../objects/has-file.ts";
import type { ObjectStore } from "../../objects/object-store.ts";
import { checkFile } from "../../objects/read-file.ts";
import { type Catalog, catalogOf, segmentFolder, wholeCheck } from "../../objects/segments/catalog.ts";
import { loadDeltas } from "../../objects/segments/segment.ts";
import { segmentWriter } from "../../objects/segments/segment-writer.ts";
import { intoPlace, writeAtomically } from "../../objects/write-atomically.ts";
import type { Bucket } from "./buckets/bucket.ts";
import { segmentName } from "./remote-catalog.ts";

export interface PulledFiles {
  /** Files that are here now and were not. */
  readonly files: number;
  /** Bytes that travelled. */
  readonly bytes: number;
  /** SHA-256 of what is neither here nor there. */
  readonly missing: readonly string[];
}

export interface Fetching {
  readonly objects: ObjectStore;
  /** What is there, as `refreshMirror` left it. */
  readonly mirror: ObjectStore;
  readonly bucket: Bucket;
  readonly signal: AbortSignal;
  readonly onProgress: (fetched: number, of: number) => void;
}

/** Fetches files: the segments that hold what is missing of them, whole, each of which counts as it arrives. Every file is read and verified then. Fails with `remotes/damaged`. */
export async function pullFiles(fetching: Fetching, wanted: Iterable<string>): Promise<PulledFiles> {
  const { objects, mirror, signal, onProgress } = fetching;
  const there = await catalogOf(mirror);
  const lacking: string[] = [];
  for (const sha256 of new Set(wanted)) if (!(await hasFile(objects, sha256))) lacking.push(sha256);
  const recipes = new Map<string, readonly ChunkId[]>();
  const missing: string[] = [];
  for (const sha256 of lacking) {
    const recipe = await there.recipe(sha256);
    if (recipe === null) missing.push(sha256);
    else recipes.set(sha256, recipe);
  }
  const needed = await segmentsFor(await catalogOf(objects), there, recipes.values());
  let bytes = 0;
  for (const [at, id] of [...needed].entries()) {
    if (signal.aborted) throw new Failure("remotes/stopped", "Stopped. What arrived so far is kept.");
    bytes += await fetchSegment(fetching, id);
    onProgress(at + 1, needed.size);
  }
  const writer = segmentWriter(objects);
  const here = await catalogOf(objects);
  for (const [sha256, chunks] of recipes) {
    if ((await here.recipe(sha256).catch(() => null)) !== null) continue;
    const size = chunks.reduce((sum, id) => sum + lengthOf(here, id), 0);
    writer.addFile({ sha256, size, chunks });
  }
  await writer.finish();
  for (const sha256 of recipes.keys()) await checkFile(objects, sha256);
  return { files: recipes.size, bytes, missing };
}

/** The segments of a remote that hold chunks which are not here, and what those rest on where it is not here, or rests on more than they may. */
async function segmentsFor(
  here: Catalog,
  there: Catalog,
  recipes: Iterable<readonly ChunkId[]>,
): Promise<Set<string>> {
  const segments = new Set<string>();
  const seen = new Set<string>();
  const isWhole = wholeCheck(here);
  const visit = async (id: string, below: number): Promise<void> => {
    const known = here.find(id);
    const isNear = known !== undefined && known.segment.directory.depthAt(known.at) < below;
    // What was broken off may have left changes of what is not here.
    if (isNear && (await isWhole(known))) return;
    const place = there.find(id);
    if (place === undefined || seen.has(`${id} ${below}`)) return;
    seen.add(`${id} ${below}`);
    segments.add(place.segment.id);
    const { directory } = place.segment;
    const depth = directory.depthAt(place.at);
    if (depth === 0) return;
    const delta = (await loadDeltas(place.segment))?.[directory.placeAt(place.at)];
    for (const base of delta?.bases ?? []) await visit(base, depth);
  };
  for (const recipe of recipes) for (const id of recipe) await visit(id, Number.POSITIVE_INFINITY);
  return segments;
}

async function fetchSegment({ objects, bucket }: Fetching, id: string): Promise<number> {
  const bytes = await bucket.read(segmentName(id));
  if (bytes === null)
    throw new Failure("remotes/damaged", `${segmentName(id)} is gone there. What it held was not fetched.`, {
      advice: "Try again; else push again from where its data is.",
    });
  const before = join(objects.temporary, `${randomUUID()}.segment`);
  await writeAtomically(before, bytes, { temporary: objects.temporary });
  const folder = segmentFolder(objects);
  await intoPlace(before, join(folder, `${id}.segment`));
  // What was found damaged here is not what arrived.
  for (const name of await readdir(folder))
    if (name.startsWith(`${id}.`) && name.endsWith(".damaged")) await rm(join(folder, name), { force: true });
  return bytes.length;
}

function lengthOf(catalog: Catalog, id: ChunkId): number {
  const place = catalog.find(id);
  return place?.segment.directory.lengthAt(place.at) ?? 0;
}

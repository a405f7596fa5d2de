import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import type { ChunkId } from "../../objects/chunks/chunk-id.ts";
import { hasFile } from "../../objects/has-file.ts";
import type { ObjectStore } from "../../objects/object-store.ts";
import { type Catalog, catalogOf, segmentFolder, wholeCheck } from "../../objects/segments/catalog.ts";
import { loadDeltas, type Segment } from "../../objects/segments/segment.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Bucket } from "./buckets/bucket.ts";
import { segmentName } from "./remote-catalog.ts";
import { arrived, linkBases, takeArrived } from "./take-segments.ts";

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

/**
 * Fetches files: the segments that hold what is missing of them, whole, into an inbox, where they stay until all are there. Every file is read
 * and verified before it counts. Fails with `remotes/damaged` where one is not what it should be; the others are taken.
 */
export async function pullFiles(fetching: Fetching, wanted: Iterable<string>): Promise<PulledFiles> {
  const { objects, mirror, signal, onProgress } = fetching;
  const there = await catalogOf(mirror);
  const recipes = new Map<string, readonly ChunkId[]>();
  const missing: string[] = [];
  for (const sha256 of new Set(wanted)) {
    if (await hasFile(objects, sha256)) continue;
    const recipe = await there.recipe(sha256);
    if (recipe === null) missing.push(sha256);
    else recipes.set(sha256, recipe);
  }
  if (recipes.size === 0) return { files: 0, bytes: 0, missing };
  const { needed, below } = await segmentsFor(await catalogOf(objects), there, recipes.values());
  const inbox: ObjectStore = { dir: join(mirror.dir, "inbox"), temporary: objects.temporary };
  await mkdir(segmentFolder(inbox), { recursive: true });
  let bytes = 0;
  for (const [at, segment] of needed.entries()) {
    if (signal.aborted) throw new Failure("remotes/stopped", "Stopped. What arrived so far is kept.");
    bytes += await fetchSegment(fetching, inbox, segment);
    onProgress(at + 1, needed.length);
  }
  await linkBases(inbox, below);
  const wrong = await takeArrived(objects, inbox, recipes);
  await rm(inbox.dir, { recursive: true, force: true });
  if (wrong.size > 0) throw damaged(wrong);
  return { files: recipes.size, bytes, missing };
}

/**
 * The segments of a remote that hold chunks which are not here, and what those rest on where it is not here, or rests on more than they may;
 * and the segments here that such changes rest on.
 */
async function segmentsFor(
  here: Catalog,
  there: Catalog,
  recipes: Iterable<readonly ChunkId[]>,
): Promise<{ readonly needed: readonly Segment[]; readonly below: ReadonlySet<Segment> }> {
  const needed = new Set<Segment>();
  const below = new Set<Segment>();
  const seen = new Set<string>();
  const isWhole = wholeCheck(here);
  const visit = async (id: string, depthAbove: number): Promise<void> => {
    const known = here.find(id);
    const isNear = known !== undefined && known.segment.directory.depthAt(known.at) < depthAbove;
    // What was broken off may have left changes of what is not here.
    if (isNear && (await isWhole(known))) {
      if (depthAbove !== Number.POSITIVE_INFINITY) await restOn(id);
      return;
    }
    const place = there.find(id);
    if (place === undefined || seen.has(`${id} ${depthAbove}`)) return;
    seen.add(`${id} ${depthAbove}`);
    needed.add(place.segment);
    const { directory } = place.segment;
    const depth = directory.depthAt(place.at);
    if (depth === 0) return;
    const delta = (await loadDeltas(place.segment))?.[directory.placeAt(place.at)];
    for (const base of delta?.bases ?? []) await visit(base, depth);
  };
  const restOn = async (id: string): Promise<void> => {
    const place = here.find(id);
    if (place === undefined || seen.has(`here ${id}`)) return;
    seen.add(`here ${id}`);
    below.add(place.segment);
    const { directory } = place.segment;
    if (directory.depthAt(place.at) === 0) return;
    const delta = (await loadDeltas(place.segment))?.[directory.placeAt(place.at)];
    for (const base of delta?.bases ?? []) await restOn(base);
  };
  for (const recipe of recipes) for (const id of recipe) await visit(id, Number.POSITIVE_INFINITY);
  return { needed: [...needed], below };
}

/** Answers the bytes that travelled: none where it arrived before what was broken off. */
async function fetchSegment(
  { objects, bucket }: Fetching,
  inbox: ObjectStore,
  { id, size }: Segment,
): Promise<number> {
  const folder = segmentFolder(inbox);
  for (const name of await readdir(folder))
    if (name.startsWith(`${arrived}${id}-`) && (await stat(join(folder, name))).size === size) return 0;
  // None is written so large: a name and a length are all that is known of it yet.
  const bytes = size > mostBytes ? null : await bucket.read(segmentName(id));
  if (bytes === null || bytes.length !== size)
    throw new Failure(
      "remotes/damaged",
      `${segmentName(id)} is gone there, or another than it was. What it held was not fetched.`,
      { advice: "Try again; else push again from where its data is." },
    );
  // A name of its own each time: of what a path held before something may still be known.
  const path = join(folder, `${arrived}${id}-${randomUUID().slice(0, 8)}.segment`);
  await writeAtomically(path, bytes, { temporary: objects.temporary });
  return bytes.length;
}

const mostBytes = 1 << 30;

function damaged(files: ReadonlySet<string>): Failure {
  const names = [...files].map((sha256) => sha256.slice(0, 12));
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return new Failure(
    "remotes/damaged",
    `What the remote holds of ${names.slice(0, 3).join(", ")}${more} is damaged there: it is not what these hashes name, and was not taken.`,
    {
      advice: "Push again from where the data is, once the damaged segments are removed there.",
      data: { files: [...files] },
    },
  );
}

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ChunkId, hexOf, idOfHex } from "../chunks/chunk-id.ts";
import type { ObjectStore } from "../object-store.ts";
import { type ChunkIndex, chunkIndex } from "./chunk-index.ts";
import { lengthOf, loadDeltas, loadRecipes, openSegment, type Segment } from "./segment.ts";
import type { FileEntry } from "./segment-format.ts";

/** Where a chunk lies: which of a segment's table it is. */
export interface ChunkPlace {
  readonly segment: Segment;
  readonly at: number;
}

/** What a store holds. */
export interface Catalog {
  /** By segment id. */
  readonly segments: ReadonlyMap<string, Segment>;
  /** Where a chunk lies, by its id or the first bytes of it: of several copies one that rests on least. */
  find(id: ChunkId): ChunkPlace | undefined;
  /** Whether nothing in a segment was found damaged. */
  isSound(segment: Segment): boolean;
  /** The chunks of a stored file, or null. */
  recipe(sha256: string): Promise<readonly ChunkId[] | null>;
  /** The SHA-256 of every stored file, each once. */
  files(): Promise<string[]>;
}

/**
 * What a store holds now. Each segment's directory is read once in a process: after that only those that others added. One that cannot
 * be read counts as empty, so that its chunks are stored anew.
 */
export async function catalogOf(store: ObjectStore): Promise<Catalog> {
  const folder = segmentFolder(store);
  const names = await readdir(folder).catch(() => []);
  const known = catalogs.get(store.dir);
  const present = new Set(names.filter((name) => /\.(segment|idx)$/.test(name)));
  const damaged = new Set(names.filter((name) => name.endsWith(".damaged")));
  // A new mark, or a segment that is gone, takes back what was read.
  const isSame =
    known !== undefined &&
    known.damaged.size === damaged.size &&
    [...damaged].every((name) => known.damaged.has(name)) &&
    [...known.opened.keys()].every((name) => present.has(name));
  const contents: Contents = isSame ? known : newContents(damaged);
  for (const name of present) {
    if (contents.opened.has(name)) continue;
    const segment = known?.opened.get(name) ?? (await openSegment(folder, name));
    // Another call of this process was faster.
    if (contents.opened.has(name)) continue;
    contents.opened.set(name, segment);
    if (segment !== null) addSegment(contents, segment);
  }
  catalogs.set(store.dir, contents);
  return {
    get segments() {
      return new Map(contents.list.map((segment) => [segment.id, segment]));
    },
    find: (id) => placeIn(contents, id),
    isSound: (segment) => marksOf(segment, [...contents.damaged]).length === 0,
    recipe: (sha256) => recipeIn(store, contents, sha256),
    files: () => filesIn(store, contents),
  };
}

/**
 * Whether a chunk can be read, as far as is known without reading it: its segment is there and as long as it was, and so is what it
 * rests on. Looks at each segment once.
 */
export function wholeCheck(catalog: Catalog): (place: ChunkPlace | undefined) => Promise<boolean> {
  const lengths = new Map<Segment, Promise<number>>();
  const known = new Map<string, Promise<boolean>>();
  const look = async ({ segment, at }: ChunkPlace): Promise<boolean> => {
    const { directory, size, form } = segment;
    const length = lengths.get(segment) ?? lengthOf(segment);
    lengths.set(segment, length);
    const now = await length;
    if (form === 1) return directory.placeAt(at) + directory.lengthAt(at) <= now;
    if (now !== size) return false;
    if (directory.depthAt(at) === 0) return true;
    const delta = (await loadDeltas(segment))?.[directory.placeAt(at)];
    for (const id of delta?.bases ?? []) {
      const base = catalog.find(id);
      if (base === undefined || !restsOn({ segment, at }, base) || !(await isWhole(base))) return false;
    }
    return delta !== undefined;
  };
  const isWhole = (place: ChunkPlace | undefined): Promise<boolean> => {
    if (place === undefined) return Promise.resolve(false);
    const key = `${place.segment.id} ${place.at}`;
    const answer = known.get(key) ?? look(place);
    known.set(key, answer);
    return answer;
  };
  return isWhole;
}

/** Whether a delta may rest on a chunk where it lies: on less than itself. Where the copy that it was made of is gone, another may rest on it. */
export function restsOn(delta: ChunkPlace, base: ChunkPlace): boolean {
  const depth = ({ segment, at }: ChunkPlace) => segment.directory.depthAt(at);
  return depth(base) < depth(delta);
}

/**
 * No longer counts a chunk's bytes at a place, because they were read and are damaged: whoever brings the chunk again stores it anew. The
 * mark is an empty file beside the segment, so that any number of processes may find the same damage at once.
 */
export async function markDamaged(store: ObjectStore, { segment, at }: ChunkPlace): Promise<void> {
  await writeFile(join(segmentFolder(store), markOf(segment, at)), "");
}

/** The marks of damage in a segment, among the names in its folder. */
export function marksOf({ id }: Segment, names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith(`${id}.`) && name.endsWith(".damaged"));
}

/** The folder of segments. */
export function segmentFolder(store: ObjectStore): string {
  return join(store.dir, "segments");
}

/** Where version 1 kept a file's list of chunks. */
export function oldRecipePath(store: ObjectStore, sha256: string): string {
  return join(store.dir, "files", `${sha256}.json`);
}

/** The SHA-256 of the files that version 1 listed. */
export async function oldFiles(store: ObjectStore): Promise<string[]> {
  const names = await readdir(join(store.dir, "files")).catch(() => []);
  return names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name)).map((name) => name.slice(0, 64));
}

/** A file and its chunks as version 1 listed them; null when there is no list, or none that can be read. */
export async function oldFile(store: ObjectStore, sha256: string): Promise<FileEntry | null> {
  try {
    const { size, chunks } = JSON.parse(await readFile(oldRecipePath(store, sha256), "utf8"));
    return { sha256, size, chunks: chunks.map((chunk: string) => idOfHex(chunk)) };
  } catch {
    return null;
  }
}

interface Contents {
  readonly opened: Map<string, Segment | null>;
  readonly damaged: ReadonlySet<string>;
  readonly list: Segment[];
  /** Segment and ordinal in one number. */
  readonly places: ChunkIndex;
  readonly files: Map<string, ChunkPlace[]>;
}

const catalogs = new Map<string, Contents>();
const ordinals = 2 ** 24;

function addSegment({ list, places, files, damaged }: Contents, segment: Segment): void {
  const { directory, size, form } = segment;
  const number = list.push(segment) - 1;
  for (let at = 0; at < directory.count; at++) {
    // A whole copy elsewhere must not lose to one that is damaged, or in a segment that is gone or was cut short.
    if (form === 1 && directory.placeAt(at) + directory.lengthAt(at) > size) continue;
    if (damaged.size > 0 && damaged.has(markOf(segment, at))) continue;
    places.put(directory.keyAt(at), number * ordinals + at);
  }
  for (const [at, { sha256 }] of directory.files.entries())
    files.set(sha256, [...(files.get(sha256) ?? []), { segment, at }]);
}

function newContents(damaged: ReadonlySet<string>): Contents {
  const list: Segment[] = [];
  const at = (place: number) => list[Math.floor(place / ordinals)]!.directory;
  const depth = (place: number) => at(place).depthAt(place % ordinals);
  const shortId = (place: number) => at(place).shortIdAt(place % ordinals);
  const places = chunkIndex({
    begins: (place, id) => at(place).beginsAt(place % ordinals, id),
    isSame: (place, other) => shortId(place) === shortId(other),
    isBetter: (place, than) => depth(place) <= depth(than),
  });
  return { opened: new Map(), damaged, list, places, files: new Map() };
}

function placeIn({ places, list }: Contents, id: ChunkId): ChunkPlace | undefined {
  const found = places.find(id);
  const segment = list[Math.floor(found / ordinals)];
  return segment && { segment, at: found % ordinals };
}

async function recipeIn(store: ObjectStore, contents: Contents, sha256: string) {
  for (const { segment, at } of contents.files.get(sha256) ?? []) {
    const recipe = (await loadRecipes(segment))?.[at];
    if (recipe !== undefined) return recipe;
  }
  // A file of one chunk hashes to what its chunk does.
  const id = idOfHex(sha256);
  return placeIn(contents, id) === undefined ? ((await oldFile(store, sha256))?.chunks ?? null) : [id];
}

async function filesIn(store: ObjectStore, { list, files }: Contents): Promise<string[]> {
  const all = new Set([...files.keys(), ...(await oldFiles(store))]);
  for (const { directory } of list)
    for (let at = 0; at < directory.count; at++)
      if (directory.isFileAt(at)) all.add(hexOf(directory.idAt(at)));
  return [...all];
}

function markOf({ id, form, directory }: Segment, at: number): string {
  return `${id}.${form === 1 ? directory.placeAt(at) : at}.damaged`;
}

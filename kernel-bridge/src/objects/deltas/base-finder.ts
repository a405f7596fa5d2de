import { type ChunkId, shortIdBytes } from "../chunks/chunk-id.ts";
import type { ChunkPlace } from "../segments/catalog.ts";
import type { ChunkReader } from "../segments/chunk-reader.ts";
import { applyDelta, type Delta } from "./delta-format.ts";
import { type Change, makeDelta } from "./make-delta.ts";

/** Finds what the chunks of a file that is being stored may be changes of. Told of each chunk in order. */
export interface BaseFinder {
  /** Nothing tells yet what came before: new chunks are best held back until one is known. */
  readonly isLost: boolean;
  /** Where the first known chunk lies, and how many new ones were held back before it, of which it is told next. */
  find(place: ChunkPlace, held: number): void;
  /** The next chunk is stored already. */
  known(id: ChunkId, place: ChunkPlace | undefined): void;
  /** The next chunk is new: as a change of others, when that takes much less room. It was made again of them, and is the same. */
  change(bytes: Buffer): Promise<BaseChange | null>;
}

export interface BaseChange {
  readonly delta: Delta;
  readonly depth: number;
}

/** Deltas rest on deltas no deeper than this: a chunk is read with all it rests on. */
export const deepest = 8;

/**
 * What surrounds a new chunk tells what it was before: between two known chunks lies what lay between them in the version before.
 * That version is `before`, where it is known; else the segment that holds the known chunk, which has them in the order of their file.
 */
export function baseFinder(reader: ChunkReader, before: readonly ChunkId[] | null): BaseFinder {
  let order: Order | null = before === null ? null : orderOf(before);
  let cursor = 0;
  let misses = 0;
  let skip = 0;

  const windowOf = async (first: number, last: number): Promise<Base[]> => {
    const ids: ChunkId[] = [];
    for (let at = Math.max(0, first); at <= Math.min(last, order!.length - 1); at++) {
      const id = order!.idAt(at);
      const place = reader.catalog.find(id);
      if (place === undefined) continue;
      const isDeep = place.segment.directory.depthAt(place.at) >= deepest;
      ids.push(...(isDeep ? await reader.rootsOf(id) : [id]));
    }
    const bases: Base[] = [];
    for (const id of new Set(ids)) {
      const bytes = await reader.readBase(id);
      if (typeof bytes !== "string") bases.push({ id, bytes });
    }
    return bases;
  };
  const attempt = async (bytes: Buffer, first: number, last: number, most: number) => {
    const bases = await windowOf(first, last);
    if (bases.length === 0) return null;
    const base = bases.length === 1 ? bases[0]!.bytes : Buffer.concat(bases.map((each) => each.bytes));
    const change = makeDelta(bytes, base, most);
    return change && { change, bases, base };
  };
  const changeOf = async (order: Order, bytes: Buffer) => {
    if (skip > 0) {
      skip--;
      cursor++;
      return null;
    }
    // Most often the chunk ends where it did.
    let found = await attempt(bytes, cursor, cursor, bytes.length / 16);
    found ??= await attempt(bytes, cursor - 1, cursor + 2, bytes.length / 2);
    if (found === null) {
      // What has become another file costs a look now and then.
      skip = Math.min(2 ** misses++, 64) - 1;
      cursor++;
      return null;
    }
    misses = 0;
    const used = usedBases(found.bases, found.change);
    const after = order.find(found.bases[used.last]!.id, cursor - 1);
    cursor = after === null ? cursor + 1 : after + (used.isToEnd ? 1 : 0);
    const made = applyDelta(used.delta, used.base, bytes.length);
    if (made === null || !made.equals(bytes)) return null;
    const depths = used.delta.bases.map((base) => depthOf(reader, base));
    return { delta: used.delta, depth: 1 + Math.max(0, ...depths) };
  };
  return {
    get isLost() {
      // A segment that has ended says nothing of what comes after it.
      return order === null || (before === null && cursor >= order.length);
    },
    find(place, held) {
      order = segmentOrder(place);
      cursor = Math.max(0, place.at - held);
    },
    known(id, place) {
      misses = 0;
      skip = 0;
      const at = order?.find(id, cursor) ?? null;
      if (at !== null) cursor = at + 1;
      else if (before === null && place !== undefined) {
        order = segmentOrder(place);
        cursor = place.at + 1;
      }
    },
    async change(bytes) {
      if (order === null || bytes.length < smallest) return null;
      try {
        return await changeOf(order, bytes);
      } catch {
        // What cannot be read is nothing to rest on.
        return null;
      }
    },
  };
}

interface Base {
  readonly id: ChunkId;
  readonly bytes: Buffer;
}

const smallest = 1024;

/** The bases a change copies from, and the change as one of them alone. */
function usedBases(bases: readonly Base[], change: Change) {
  let start = 0;
  let first = 0;
  while (first < bases.length - 1 && start + bases[first]!.bytes.length <= change.from)
    start += bases[first++]!.bytes.length;
  let last = first;
  let end = start + bases[first]!.bytes.length;
  while (last < bases.length - 1 && end < change.to) end += bases[++last]!.bytes.length;
  const used = bases.slice(first, last + 1);
  const steps = change.steps.map((number, at) => (at % 3 === 2 ? Math.max(0, number - start) : number));
  const delta: Delta = {
    bases: used.map(({ id }) => id.slice(0, shortIdBytes)),
    steps,
    literals: change.literals,
  };
  return { delta, last, isToEnd: change.end >= end, base: Buffer.concat(used.map(({ bytes }) => bytes)) };
}

function depthOf({ catalog }: ChunkReader, id: ChunkId): number {
  const place = catalog.find(id);
  return place === undefined ? 0 : place.segment.directory.depthAt(place.at);
}

/** Chunks in the order of a file. */
interface Order {
  readonly length: number;
  idAt(at: number): ChunkId;
  /** Where a chunk is, best here or soon after; null when it is none of these. */
  find(id: ChunkId, near: number): number | null;
}

function orderOf(chunks: readonly ChunkId[]): Order {
  let places: Map<ChunkId, number> | null = null;
  return {
    length: chunks.length,
    idAt: (at) => chunks[at]!,
    find(id, near) {
      for (let at = Math.max(0, near); at < Math.min(near + 8, chunks.length); at++)
        if (chunks[at] === id) return at;
      places ??= new Map(chunks.map((each, at) => [each, at]));
      return places.get(id) ?? null;
    },
  };
}

function segmentOrder({ segment: { directory } }: ChunkPlace): Order {
  return {
    length: directory.count,
    idAt: (at) => directory.idAt(at),
    find(id, near) {
      for (let at = Math.max(0, near); at < Math.min(near + 8, directory.count); at++)
        if (directory.idAt(at) === id) return at;
      return null;
    },
  };
}

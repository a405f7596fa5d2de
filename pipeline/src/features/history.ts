import type { Database } from "lmdb";
import type { ColumnKind } from "./cell.ts";
import { type Chunk, openChunk } from "./chunk.ts";
import type { History } from "./lookup.ts";

/** Generation, entity, event time of the chunk's first row, order of writing. */
export type ChunkKey = [generation: number, entity: string, firstTime: number, sequence: number];
export type ChunkRange = { start: ChunkKey; end: ChunkKey };

/**
 * Reads entities' rows, keeping up to `keepBytes` of chunks read lately: requests ask for the same newest ones again and again.
 * A generation never changes once it is read, so what is kept is never stale.
 */
export function historyReader(
  chunks: Database<Buffer, ChunkKey>,
  keepBytes = 32e6,
): (generation: number, entity: string, kinds: readonly ColumnKind[]) => History {
  let kept = new Map<string, Entity>();
  let bytes = 0;

  function* read(entity: Entity, from: Link | number, limit: number): Generator<Link> {
    const { generation, name, kinds } = entity;
    const start: ChunkKey =
      typeof from === "number"
        ? [generation, name, from, LAST]
        : [generation, name, from.first, from.sequence];
    const exclusiveStart = typeof from !== "number";
    const range = { start, end: prefixOf(entity), reverse: true, limit, exclusiveStart };
    let until = typeof from === "number" ? firstAfter(entity, from) : from.first;
    for (const { key, value } of chunks.getRange(range)) {
      const [, , first, sequence] = key;
      bytes += value.length;
      yield { first, sequence, until, chunk: openChunk(kinds, value), older: undefined };
      until = first;
    }
  }

  function firstAfter({ generation, name }: Entity, time: number): number {
    const start: ChunkKey = [generation, name, time, LAST];
    for (const key of chunks.getKeys({ start, end: [generation, name, LAST, LAST], limit: 1 })) return key[2];
    return Number.POSITIVE_INFINITY;
  }

  function entityOf(generation: number, name: string, kinds: readonly ColumnKind[]): Entity {
    if (bytes > keepBytes) {
      kept = new Map();
      bytes = 0;
    }
    const id = `${generation} ${name}`;
    const known = kept.get(id) ?? { generation, name, kinds, links: [] };
    kept.set(id, known);
    return known;
  }

  return (generation, name, kinds) => {
    const entity = entityOf(generation, name, kinds);
    return {
      kinds,
      first() {
        for (const [, , time] of chunks.getKeys({
          start: prefixOf(entity),
          end: [generation, name, LAST, LAST],
          limit: 1,
        })) {
          return time;
        }
        return null;
      },
      *chunks(from, to) {
        let link = holding(entity, to);
        if (link === null) {
          for (const found of read(entity, to, 1)) link = insert(entity, found);
        }
        for (let more = 1; link !== null; more *= 2) {
          yield link.chunk;
          if (link.first < from) return;
          if (link.older === undefined) {
            let at: Link = link;
            for (const found of read(entity, link, more)) {
              at.older = insert(entity, found);
              at = at.older;
              if (at.first < from) break;
            }
            if (at === link) link.older = null;
          }
          link = link.older ?? null;
        }
      },
    };
  };
}

interface Entity {
  readonly generation: number;
  readonly name: string;
  readonly kinds: readonly ColumnKind[];
  /** Ascending by first time, then sequence. */
  readonly links: Link[];
}

/** A chunk and its neighbor. */
interface Link {
  /** Event time of its first row. */
  readonly first: number;
  readonly sequence: number;
  /** Event time of the first row of the chunk after it: no row of the entity lies between. */
  readonly until: number;
  readonly chunk: Chunk;
  /** The chunk before it; null when there is none, undefined while it was not looked for. */
  older: Link | null | undefined;
}

/** The newest chunk that begins at or before a time, if it was read. */
function holding({ links }: Entity, time: number): Link | null {
  const link = links[place(links, time, LAST) - 1];
  return link !== undefined && time < link.until ? link : null;
}

function insert({ links }: Entity, link: Link): Link {
  const at = place(links, link.first, link.sequence);
  const same = links[at - 1];
  if (same?.first === link.first && same.sequence === link.sequence) return same;
  links.splice(at, 0, link);
  return link;
}

/** How many links come at or before a place in the order. */
function place(links: readonly Link[], first: number, sequence: number): number {
  let low = 0;
  let high = links.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const link = links[middle]!;
    if (link.first < first || (link.first === first && link.sequence <= sequence)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function prefixOf({ generation, name }: Entity): ChunkKey {
  return [generation, name] as unknown as ChunkKey;
}

const LAST = Number.MAX_SAFE_INTEGER;

import type { Database } from "lmdb";
import { type Chunk, type ColumnKind, openChunk } from "./chunk.ts";
import type { History } from "./lookup.ts";

/** Generation, entity, event time of the chunk's first row, order of writing. */
export type ChunkKey = [generation: number, entity: string, firstTime: number, sequence: number];
export type ChunkRange = { start: ChunkKey; end: ChunkKey };

/** An entity's rows in one generation. What was read for one feature is kept for the next one that asks for the same span. */
export function openHistory(
  chunks: Database<Buffer, ChunkKey>,
  generation: number,
  entity: string,
  kinds: readonly ColumnKind[],
): History {
  const prefix = [generation, entity] as unknown as ChunkKey;
  let span: { readonly from: number; readonly to: number; readonly read: SpanReader } | null = null;

  function spanReader(from: number, to: number): SpanReader {
    const found: Chunk[] = [];
    let start: ChunkKey | null = [generation, entity, to, LAST];
    let more = 1;
    return (at) => {
      if (at >= found.length && start !== null) {
        const range = { start, end: prefix, reverse: true, limit: more, exclusiveStart: found.length > 0 };
        const entries = [...chunks.getRange(range)];
        for (const { key, value } of entries) {
          if (start === null) break;
          found.push(openChunk(kinds, value));
          start = key[2] < from ? null : key;
        }
        if (entries.length < more) start = null;
        more *= 2;
      }
      return found[at] ?? null;
    };
  }

  return {
    first() {
      for (const [, , time] of chunks.getKeys({
        start: prefix,
        end: [generation, entity, LAST, LAST],
        limit: 1,
      })) {
        return time;
      }
      return null;
    },
    *chunks(from, to) {
      if (span?.from !== from || span.to !== to) span = { from, to, read: spanReader(from, to) };
      const { read } = span;
      for (let at = 0, chunk = read(0); chunk !== null; chunk = read(++at)) yield chunk;
    },
  };
}

/** The chunk at a position, newest first; null past the end. */
type SpanReader = (at: number) => Chunk | null;

const LAST = Number.MAX_SAFE_INTEGER;

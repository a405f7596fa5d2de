import { type FileHandle, open } from "node:fs/promises";
import { type ChunkId, chunkIdOf, hexOf, shortIdBytes } from "../chunks/chunk-id.ts";
import { applyDelta } from "../deltas/delta-format.ts";
import type { ObjectStore } from "../object-store.ts";
import { type Catalog, type ChunkPlace, catalogOf, markDamaged, restsOn } from "./catalog.ts";
import { bytesAt, loadDeltas, type Segment } from "./segment.ts";

/** Reads chunks of a store, as long as somebody reads: what is read in order is read in large pieces. */
export interface ChunkReader {
  /** What is known of the store. */
  readonly catalog: Catalog;
  /**
   * The chunk's bytes, verified, from another copy when one is found damaged, or what is wrong with them all. The id may be the first
   * bytes of it. What is found damaged no longer counts as stored.
   */
  read(id: ChunkId): Promise<Buffer | string>;
  /** As `read`, of a chunk that others rest on: it is likely to be asked for again. */
  readBase(id: ChunkId): Promise<Buffer | string>;
  /** What a chunk rests on in the end, as it is stored: itself, unless it is a delta. */
  rootsOf(id: ChunkId): Promise<readonly ChunkId[]>;
  close(): Promise<void>;
}

/** Begins to read chunks. */
export async function chunkReader(store: ObjectStore): Promise<ChunkReader> {
  let catalog = await catalogOf(store);
  const pieces = new Map<string, Piece>();
  const bases = new Map<ChunkId, Buffer>();
  let baseBytes = 0;

  const bodyOf = async (segment: Segment, offset: number, length: number): Promise<Buffer | null> => {
    const known = pieces.get(segment.path);
    pieces.delete(segment.path);
    const piece = known ?? (await openPiece(segment.path));
    if (piece === null) return null;
    pieces.set(segment.path, piece);
    for (const [path, { file }] of pieces) {
      if (pieces.size <= mostPieces) break;
      pieces.delete(path);
      await file.close();
    }
    if (offset < piece.offset || offset + length > piece.offset + piece.bytes.length) {
      // Read alone at first: only what goes on behind the last is worth reading ahead.
      const size = offset === piece.next ? pieceBytes : length;
      piece.bytes = await bytesAt(piece.file, offset, Math.max(size, length));
      piece.offset = offset;
    }
    piece.next = offset + length;
    return piece.bytes.subarray(offset - piece.offset, offset - piece.offset + length);
  };

  const readAt = async ({ segment, at }: ChunkPlace): Promise<Buffer | string> => {
    const { directory } = segment;
    const id = directory.idAt(at);
    const short = hexOf(id).slice(0, 12);
    const place = directory.placeAt(at);
    const length = directory.lengthAt(at);
    let bytes: Buffer | null;
    if (directory.depthAt(at) === 0) {
      bytes = await bodyOf(segment, place, length);
      if (bytes === null) return `the segment of its chunk ${short} is missing`;
    } else {
      const delta = (await loadDeltas(segment))?.[place];
      if (delta === undefined) return `the changes that make its chunk ${short} cannot be read`;
      const parts: Buffer[] = [];
      for (const base of delta.bases) {
        const below = catalog.find(base);
        if (below !== undefined && !restsOn({ segment, at }, below))
          return `what its chunk ${short} rests on is missing`;
        const read = await readBase(base);
        if (typeof read === "string") return read;
        parts.push(read);
      }
      bytes = applyDelta(delta, parts.length === 1 ? parts[0]! : Buffer.concat(parts), length);
    }
    return bytes !== null && chunkIdOf(bytes) === id ? bytes : `its chunk ${short} has changed on disk`;
  };

  const read = async (id: ChunkId): Promise<Buffer | string> => {
    let wrong = `its chunk ${hexOf(id).slice(0, 12)} is missing`;
    const tried = new Set<string>();
    for (;;) {
      const place = catalog.find(id);
      const name = place && `${place.segment.path} ${place.at}`;
      if (place === undefined || name === undefined || tried.has(name)) {
        if (tried.has("")) return wrong;
        // Merged into another segment meanwhile, or stored anew.
        tried.add("");
        catalog = await catalogOf(store);
        continue;
      }
      const found = await readAt(place);
      if (typeof found !== "string") return found;
      wrong = found;
      tried.add(name);
      tried.delete("");
      catalog = await catalogOf(store);
      const again = catalog.find(id);
      const isStill = again?.segment.path === place.segment.path && again.at === place.at;
      // In a store that cannot be written nothing can be stored anew either.
      if (isStill) await markDamaged(store, place).catch(() => undefined);
      if (isStill) catalog = await catalogOf(store);
    }
  };

  const readBase = async (id: ChunkId): Promise<Buffer | string> => {
    const key = id.slice(0, shortIdBytes);
    const known = bases.get(key);
    if (known !== undefined) {
      bases.delete(key);
      bases.set(key, known);
      return known;
    }
    const bytes = await read(id);
    if (typeof bytes === "string") return bytes;
    // A copy: what was read is a part of a larger piece.
    const copy = Buffer.from(bytes);
    bases.set(key, copy);
    baseBytes += copy.length;
    for (const [oldest, { length }] of bases) {
      if (baseBytes <= mostBaseBytes) break;
      bases.delete(oldest);
      baseBytes -= length;
    }
    return copy;
  };

  const rootsOf = async (id: ChunkId): Promise<readonly ChunkId[]> => {
    const place = catalog.find(id);
    if (place === undefined || place.segment.directory.depthAt(place.at) === 0) return [id];
    const { directory } = place.segment;
    const delta = (await loadDeltas(place.segment))?.[directory.placeAt(place.at)];
    const roots: ChunkId[] = [];
    for (const base of delta?.bases ?? []) {
      const below = catalog.find(base);
      if (below !== undefined && restsOn(place, below)) roots.push(...(await rootsOf(base)));
    }
    return [...new Set(roots)];
  };

  return {
    get catalog() {
      return catalog;
    },
    read,
    readBase,
    rootsOf,
    async close() {
      for (const { file } of pieces.values()) await file.close();
      pieces.clear();
    },
  };
}

/** Of a segment what was read last. */
interface Piece {
  readonly file: FileHandle;
  bytes: Buffer;
  offset: number;
  /** Where the next begins when it is read in order. */
  next: number;
}

const pieceBytes = 1 << 20;
const mostPieces = 8;
const mostBaseBytes = 32 << 20;

async function openPiece(path: string): Promise<Piece | null> {
  const file = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw cause;
  });
  return file && { file, bytes: Buffer.alloc(0), offset: 0, next: 0 };
}

import { hash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { type ChunkId, hexOf, idOfHex, shortIdBytes } from "../chunks/chunk-id.ts";
import { type Delta, readDeltas, writeDeltas } from "../deltas/delta-format.ts";
import { inflateList } from "./inflate-lists.ts";
import { varintReader, writeVarints } from "./varints.ts";

/*
 * The form of a segment, version 2. One file holds chunks, what is known of them, and how files are put together of them: it counts as
 * soon as it has its name, and no other file does for it. Numbers are little-endian.
 *
 *   bodies      of the chunks that are stored as they are, end to end, in the table's order
 *   deltas      of the chunks that are stored as changes of others (`delta-format.ts`), in the table's order
 *   recipes     raw deflate of one recipe after the other, in the order of `files`
 *   table       one chunk 36 bytes: its SHA-256; then 32 bits: 24 of length, 6 of depth, 1 "is a whole file", 1 "is a delta"
 *   files       one file 40 bytes: its SHA-256, its size as a double
 *   foot        112 bytes: lengths of deltas and recipes, counts of chunks and files, 4 bytes each; SHA-256 of deltas, of recipes, and
 *               of table, files and what of the foot stands before it
 *   magic       "lookback segment 2\n", filled up to 24 bytes with zeros
 *
 * A recipe is a number of pieces, then the pieces. A piece is `2n + 1` and the first ordinal, for n chunks of this segment's table in
 * order; or `2n` and n SHA-256, for chunks that lie elsewhere. All numbers there are varints. A file of one chunk needs no recipe: its
 * chunk says that it is one. The depth of a delta is one more than that of the deepest chunk it rests on; a chunk as it is has 0.
 *
 * Version 1 had `<id>.seg`, the bodies alone; `<id>.idx`, JSON, `[[sha256, offset, length], …]`; and `files/<sha256>.json`, a recipe. It is
 * read, and no longer written: `merge-segments.ts` makes version 2 of it.
 */

/** A chunk as the table has it. */
export interface ChunkEntry {
  readonly id: ChunkId;
  readonly length: number;
  /** 0 for a chunk that is stored as it is. */
  readonly depth: number;
  readonly isFile: boolean;
  /** Null for a chunk that is stored as it is. */
  readonly delta: Delta | null;
}

/** A file and the chunks it is made of. */
export interface FileEntry {
  readonly sha256: string;
  readonly size: number;
  readonly chunks: readonly ChunkId[];
}

/** What stands behind the bodies of a segment, as bytes. */
export function segmentTail(chunks: readonly ChunkEntry[], files: readonly FileEntry[]): Buffer {
  const ordinals = new Map(chunks.map(({ id }, at) => [id, at]));
  const deltas = writeDeltas(chunks.flatMap(({ delta }) => delta ?? []));
  const recipes =
    files.length === 0
      ? Buffer.alloc(0)
      : deflateRawSync(Buffer.concat(files.map((file) => recipeBytes(file.chunks, ordinals))));
  const table = Buffer.alloc(chunks.length * entryBytes);
  for (const [at, { id, length, depth, isFile, delta }] of chunks.entries()) {
    table.write(id, at * entryBytes, 32, "latin1");
    const flags = depth * 2 ** 24 + (isFile ? 2 ** 30 : 0) + (delta === null ? 0 : 2 ** 31);
    table.writeUInt32LE(length + flags, at * entryBytes + 32);
  }
  const list = Buffer.alloc(files.length * fileBytes);
  for (const [at, { sha256, size }] of files.entries()) {
    list.write(idOfHex(sha256), at * fileBytes, 32, "latin1");
    list.writeDoubleLE(size, at * fileBytes + 32);
  }
  const foot = Buffer.alloc(footBytes);
  for (const [at, number] of [deltas.length, recipes.length, chunks.length, files.length].entries())
    foot.writeUInt32LE(number, at * 4);
  foot.set(hash("sha256", deltas, "buffer"), 16);
  foot.set(hash("sha256", recipes, "buffer"), 48);
  const directory = Buffer.concat([table, list, foot.subarray(0, 80)]);
  foot.set(hash("sha256", directory, "buffer"), 80);
  return Buffer.concat([deltas, recipes, table, list, foot, magic]);
}

/** What a segment says it holds. */
export interface Directory {
  readonly count: number;
  idAt(at: number): ChunkId;
  /** The first bytes of an id. */
  shortIdAt(at: number): string;
  /** Whether an id begins with these bytes. */
  beginsAt(at: number, id: ChunkId): boolean;
  /** `keyOf` an id. */
  keyAt(at: number): number;
  lengthAt(at: number): number;
  depthAt(at: number): number;
  isFileAt(at: number): boolean;
  /** Where a body begins; of a delta, which of the deltas it is. */
  placeAt(at: number): number;
  /** Of files with recipes: which recipe is theirs. */
  readonly files: readonly { readonly sha256: string; readonly size: number }[];
  readonly deltas: Section;
  readonly recipes: Section;
}

/** A stretch of a segment that is read when it is needed. */
export interface Section {
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
}

/** How many bytes from a segment's end say how long the rest of its directory is. */
export const endBytes = 112 + 24;

/** How many bytes at the end of a segment hold its directory, said by its last `endBytes`; null when they are no segment's. */
export function directoryBytes(end: Buffer): number | null {
  if (end.length < endBytes || !end.subarray(-magic.length).equals(magic)) return null;
  const foot = end.length - endBytes;
  return end.readUInt32LE(foot + 8) * entryBytes + end.readUInt32LE(foot + 12) * fileBytes + endBytes;
}

/** Reads a directory; `size` is the segment's. Null when it is damaged, or of another size than it says. */
export function readDirectory(bytes: Buffer, size: number): Directory | null {
  const foot = bytes.subarray(-endBytes);
  const numbers = [0, 4, 8, 12].map((at) => foot.readUInt32LE(at));
  const [deltaBytes = 0, recipeBytes = 0, count = 0, fileCount = 0] = numbers;
  const signed = bytes.subarray(0, -32 - magic.length);
  if (!hash("sha256", signed, "buffer").equals(foot.subarray(80, 112))) return null;
  const flags = (at: number) => bytes.readUInt32LE(at * entryBytes + 32);
  const places = new Float64Array(count);
  let offset = 0;
  for (let at = 0, delta = 0; at < count; at++) {
    const isDelta = flags(at) >= 2 ** 31;
    places[at] = isDelta ? delta++ : offset;
    if (!isDelta) offset += flags(at) % 2 ** 24;
  }
  if (offset + deltaBytes + recipeBytes + bytes.length !== size) return null;
  const listAt = count * entryBytes;
  const text = (at: number, length: number) => bytes.toString("latin1", at, at + length);
  return {
    count,
    idAt: (at) => text(at * entryBytes, 32),
    shortIdAt: (at) => text(at * entryBytes, shortIdBytes),
    beginsAt(at, id) {
      for (let byte = 0, from = at * entryBytes; byte < id.length; byte++, from++)
        if (bytes[from] !== id.charCodeAt(byte)) return false;
      return true;
    },
    keyAt: (at) => bytes.readUInt32LE(at * entryBytes),
    lengthAt: (at) => flags(at) % 2 ** 24,
    depthAt: (at) => (flags(at) >>> 24) & 63,
    isFileAt: (at) => ((flags(at) >>> 30) & 1) === 1,
    placeAt: (at) => places[at]!,
    files: Array.from({ length: fileCount }, (_, at) => ({
      sha256: hexOf(text(listAt + at * fileBytes, 32)),
      size: bytes.readDoubleLE(listAt + at * fileBytes + 32),
    })),
    deltas: { offset, length: deltaBytes, sha256: foot.toString("hex", 16, 48) },
    recipes: { offset: offset + deltaBytes, length: recipeBytes, sha256: foot.toString("hex", 48, 80) },
  };
}

/** The deltas of a segment, verified; null when their bytes are not what the directory says. */
export function deltasOf(bytes: Buffer, directory: Directory): readonly Delta[] | null {
  if (hash("sha256", bytes, "hex") !== directory.deltas.sha256) return null;
  const lengths: number[] = [];
  for (let at = 0; at < directory.count; at++)
    if (directory.depthAt(at) > 0) lengths.push(directory.lengthAt(at));
  try {
    return readDeltas(bytes, lengths);
  } catch {
    // They are what they hash to, and no deltas all the same: whoever wrote them was another.
    return null;
  }
}

/** The chunks of each file with a recipe, verified; null when the bytes are not what the directory says. */
export function recipesOf(bytes: Buffer, directory: Directory): readonly (readonly ChunkId[])[] | null {
  if (hash("sha256", bytes, "hex") !== directory.recipes.sha256) return null;
  if (directory.files.length === 0) return [];
  const text = inflated(bytes, directory.files.length);
  if (text === null) return null;
  const read = varintReader(text);
  const recipes: ChunkId[][] = [];
  let left = mostOwn + mostOfFile * directory.files.length + text.length;
  for (const _ of directory.files) {
    const chunks: ChunkId[] = [];
    for (let pieces = read.next(); pieces > 0; pieces--) {
      const piece = read.next();
      const count = Math.floor(piece / 2);
      const first = piece % 2 === 1 ? read.next() : null;
      left -= count;
      // What a segment says of itself may be a lie: it was sent by others.
      const isThere = first === null ? count * 32 <= text.length : first + count <= directory.count;
      if (!isThere || left < 0) return null;
      for (let at = 0; at < count; at++)
        chunks.push(first === null ? read.take(32).toString("latin1") : directory.idAt(first + at));
    }
    recipes.push(chunks);
  }
  return recipes;
}

/** Null for what is no deflated text, or grows beyond what one can be. */
function inflated(bytes: Buffer, files: number): Buffer | null {
  try {
    return inflateList(bytes, files);
  } catch {
    return null;
  }
}

/** How many chunks recipes may name by their places in the segment, in all and more for each file: of a terabyte, and of a gigabyte a file. */
const mostOwn = 2 ** 24;
const mostOfFile = 2 ** 14;

const entryBytes = 36;
const fileBytes = 40;
const footBytes = 112;
const magic = Buffer.alloc(24);
magic.write("lookback segment 2\n");

function recipeBytes(chunks: readonly ChunkId[], ordinals: ReadonlyMap<ChunkId, number>): Buffer {
  const parts: Buffer[] = [];
  let pieces = 0;
  for (let at = 0; at < chunks.length; pieces++) {
    const from = at;
    const first = ordinals.get(chunks[at]!);
    if (first === undefined) {
      while (at < chunks.length && !ordinals.has(chunks[at]!)) at++;
      parts.push(writeVarints([2 * (at - from)]), Buffer.from(chunks.slice(from, at).join(""), "latin1"));
    } else {
      while (at < chunks.length && ordinals.get(chunks[at]!) === first + at - from) at++;
      parts.push(writeVarints([2 * (at - from) + 1, first]));
    }
  }
  return Buffer.concat([writeVarints([pieces]), ...parts]);
}

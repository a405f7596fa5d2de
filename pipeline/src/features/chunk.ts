import type { ColumnKind, StoredCell } from "./cell.ts";

/** Some consecutive rows of one entity, ascending by event time; of equal times the last row wins. */
export interface Chunk {
  readonly count: number;
  /** Event time of a row in microseconds. */
  time(row: number): number;
  /** When the row could first be read, in microseconds; null when the view says it for all rows alike. */
  available(row: number): number | null;
  value(column: number, row: number): StoredCell;
}

/** Rows by column, as they are packed. `available` is null when the view says it for all rows alike. */
export interface ChunkRows {
  readonly times: readonly number[];
  readonly available: readonly number[] | null;
  readonly columns: readonly (readonly StoredCell[])[];
}

/** The layout that `packChunk` writes: chunks of another are made anew from their source. */
export const CHUNK_FORMAT = 2;

/**
 * Packs rows as: count (u32), whether availabilities follow (u8), times (f64 each), availabilities (f64 each), then every column: one
 * byte that says how, then its values. NUMBERS are f64 each and one byte a row that is 1 for NULL, which is not NaN; TEXTS are one
 * length-prefixed JSON array, of texts or of the digits of whole numbers when one of them is beyond 2^53. Little-endian.
 */
export function packChunk(kinds: readonly ColumnKind[], { times, available, columns }: ChunkRows): Buffer {
  const count = times.length;
  const texts = kinds.map((kind, c) => {
    const values = columns[c]!;
    if (kind === "text") return jsonBytes(values);
    return values.some((value) => typeof value === "bigint")
      ? jsonBytes(values.map((value) => (value === null ? null : String(value))))
      : null;
  });
  const timesSize = (available === null ? 8 : 16) * count;
  const size = kinds.reduce(
    (sum, _, c) => sum + 1 + (texts[c] ? 4 + texts[c].length : 9 * count),
    HEAD + timesSize,
  );
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.writeUInt32LE(count, 0);
  at = bytes.writeUInt8(available === null ? 0 : 1, at);
  for (const time of times) at = bytes.writeDoubleLE(time, at);
  for (const time of available ?? []) at = bytes.writeDoubleLE(time, at);
  for (const [c, text] of texts.entries()) {
    at = bytes.writeUInt8(text === null ? NUMBERS : TEXTS, at);
    if (text) {
      at = bytes.writeUInt32LE(text.length, at);
      at += text.copy(bytes, at);
      continue;
    }
    for (const value of columns[c]!) at = bytes.writeDoubleLE(value === null ? 0 : Number(value), at);
    for (const value of columns[c]!) at = bytes.writeUInt8(value === null ? 1 : 0, at);
  }
  return bytes;
}

/** Reads a packed chunk in place: nothing is decoded but what is asked for. */
export function openChunk(kinds: readonly ColumnKind[], bytes: Buffer): Chunk {
  const count = bytes.readUInt32LE(0);
  const hasAvailable = bytes.readUInt8(4) === 1;
  const starts: number[] = [];
  let at = HEAD + (hasAvailable ? 16 : 8) * count;
  for (const _ of kinds) {
    starts.push(at);
    at += bytes.readUInt8(at) === TEXTS ? 5 + bytes.readUInt32LE(at + 1) : 1 + 9 * count;
  }
  const texts: (readonly StoredCell[])[] = [];
  const textsOf = (column: number, start: number): readonly StoredCell[] => {
    const text = bytes.toString("utf8", start + 5, start + 5 + bytes.readUInt32LE(start + 1));
    const values = JSON.parse(text) as readonly (string | null)[];
    return kinds[column] === "text" ? values : values.map((value) => (value === null ? null : digits(value)));
  };
  return {
    count,
    time: (row) => bytes.readDoubleLE(HEAD + 8 * row),
    available: (row) => (hasAvailable ? bytes.readDoubleLE(HEAD + 8 * (count + row)) : null),
    value(column, row) {
      const start = starts[column]!;
      if (bytes.readUInt8(start) === TEXTS) {
        texts[column] ??= textsOf(column, start);
        return texts[column]![row]!;
      }
      if (bytes.readUInt8(start + 1 + 8 * count + row) === 1) return null;
      const value = bytes.readDoubleLE(start + 1 + 8 * row);
      return kinds[column] === "bool" ? value === 1 : value;
    },
  };
}

const HEAD = 5;
const NUMBERS = 0;
const TEXTS = 1;

function jsonBytes(values: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify(values), "utf8");
}

function digits(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

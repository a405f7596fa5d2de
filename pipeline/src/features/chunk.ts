/** What a feature's column holds. Whole numbers beyond 2^53 are refused when the view is materialized. */
export type ColumnKind = "double" | "int64" | "bool" | "text";

export type CellValue = number | boolean | string | null;

/** Some consecutive rows of one entity, ascending by event time; of equal times the last row wins. */
export interface Chunk {
  readonly count: number;
  /** Event time of a row in microseconds. */
  time(row: number): number;
  value(column: number, row: number): CellValue;
}

/**
 * Packs rows as: count (u32), times (f64 each), then for every column its values (f64 each; texts as one length-prefixed JSON
 * array) and one byte a row that is 1 for NULL, which is not NaN. Little-endian.
 */
export function packChunk(
  kinds: readonly ColumnKind[],
  times: readonly number[],
  columns: readonly (readonly CellValue[])[],
): Buffer {
  const count = times.length;
  const texts = kinds.map((kind, c) =>
    kind === "text" ? Buffer.from(JSON.stringify(columns[c]), "utf8") : null,
  );
  const size = kinds.reduce((sum, _, c) => sum + (texts[c] ? 4 + texts[c].length : 9 * count), 4 + 8 * count);
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.writeUInt32LE(count, 0);
  for (const time of times) at = bytes.writeDoubleLE(time, at);
  for (const [c, text] of texts.entries()) {
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
  const starts: number[] = [];
  let at = 4 + 8 * count;
  for (const kind of kinds) {
    starts.push(at);
    at += kind === "text" ? 4 + bytes.readUInt32LE(at) : 9 * count;
  }
  const texts: (readonly (string | null)[])[] = [];
  return {
    count,
    time: (row) => bytes.readDoubleLE(4 + 8 * row),
    value(column, row) {
      const start = starts[column]!;
      const kind = kinds[column]!;
      if (kind === "text") {
        texts[column] ??= JSON.parse(
          bytes.toString("utf8", start + 4, start + 4 + bytes.readUInt32LE(start)),
        );
        return texts[column]![row]!;
      }
      if (bytes.readUInt8(start + 8 * count + row) === 1) return null;
      const value = bytes.readDoubleLE(start + 8 * row);
      return kind === "bool" ? value === 1 : value;
    },
  };
}

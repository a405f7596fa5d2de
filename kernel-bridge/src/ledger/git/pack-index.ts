/** Where the objects of one pack lie. */
export interface PackIndex {
  /** Every object, by where it lies. */
  readonly entries: () => readonly PackPlace[];
  readonly has: (oid: string) => boolean;
  /** Null when the pack does not hold it. */
  readonly find: (oid: string) => PackPlace | null;
}

/** An object's bytes in a pack, from its header to where the next begins. */
export interface PackPlace {
  readonly oid: string;
  readonly offset: number;
  readonly end: number;
}

/** Reads a pack's index (version 2); `packSize` is the pack file's length. Null when the bytes are none, or of another length than they say. */
export function readPackIndex(bytes: Buffer, packSize: number): PackIndex | null {
  if (bytes.length < head + 1024 + 40 || bytes.readUInt32BE(0) !== 0xff744f63 || bytes.readUInt32BE(4) !== 2)
    return null;
  const upTo = (byte: number) => (byte < 0 ? 0 : bytes.readUInt32BE(head + byte * 4));
  const count = upTo(255);
  const names = head + 1024;
  const offsets = names + count * 24;
  const large = offsets + count * 4;
  if (bytes.length < large + 40) return null;
  const offsetOf = (at: number) => {
    const offset = bytes.readUInt32BE(offsets + at * 4);
    return offset < 0x80000000 ? offset : Number(bytes.readBigUInt64BE(large + (offset - 0x80000000) * 8));
  };
  const oidOf = (at: number) => bytes.toString("hex", names + at * 20, names + at * 20 + 20);
  let ends: Map<number, number> | undefined;
  const endOf = (offset: number) => {
    ends ??= endsOf(
      Array.from({ length: count }, (_, at) => offsetOf(at)),
      packSize - 20,
    );
    return ends.get(offset) ?? packSize - 20;
  };
  const rankOf = (oid: string) => {
    const wanted = Buffer.from(oid, "hex");
    let low = upTo(wanted[0]! - 1);
    for (let high = upTo(wanted[0]!); low < high; ) {
      const middle = (low + high) >> 1;
      const order = wanted.compare(bytes, names + middle * 20, names + middle * 20 + 20);
      if (order === 0) return middle;
      if (order > 0) low = middle + 1;
      else high = middle;
    }
    return -1;
  };
  const place = (at: number): PackPlace => {
    const offset = offsetOf(at);
    return { oid: oidOf(at), offset, end: endOf(offset) };
  };
  return {
    entries: () => Array.from({ length: count }, (_, at) => place(at)).sort((a, b) => a.offset - b.offset),
    has: (oid) => rankOf(oid) >= 0,
    find: (oid) => {
      const at = rankOf(oid);
      return at < 0 ? null : place(at);
    },
  };
}

const head = 8;

function endsOf(offsets: readonly number[], last: number): Map<number, number> {
  const sorted = [...offsets].sort((a, b) => a - b);
  return new Map(sorted.map((offset, at) => [offset, sorted[at + 1] ?? last]));
}

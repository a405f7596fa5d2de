import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { crc32, deflate, inflateSync } from "node:zlib";
import type { GitObject, ObjectType } from "./git-object.ts";

/** An object as it stands in a pack: header and deflated body, not a delta. */
export interface PackEntry {
  readonly oid: string;
  readonly bytes: Buffer;
}

/** A pack and its index, as git's `gitformat-pack` has them (version 2 both); `name` is the pack's own checksum. */
export interface Pack {
  readonly name: string;
  readonly pack: Buffer;
  readonly index: Buffer;
}

/** The numbers a pack has for types. Others are deltas. */
export const packTypes: readonly (ObjectType | null)[] = [null, "commit", "tree", "blob", "tag"];

/** An object as it stands in a pack: a header of its type and its length in bytes, then its body, deflated. */
export async function packEntry({ oid, type, body }: GitObject): Promise<PackEntry> {
  const header: number[] = [];
  let low = body.length % 16;
  for (let rest = Math.floor(body.length / 16); ; rest = Math.floor(rest / 128)) {
    const first = header.length === 0 ? packTypes.indexOf(type) << 4 : 0;
    header.push(first | low | (rest > 0 ? 0x80 : 0));
    if (rest === 0) break;
    low = rest % 128;
  }
  return { oid, bytes: Buffer.concat([Buffer.from(header), await promisify(deflate)(body)]) };
}

/** What a pack's entry holds, not yet verified; null for a delta. Fails for bytes that are none, or make up more than they say. */
export function entryIn(bytes: Buffer): Pick<GitObject, "type" | "body"> | null {
  const type = packTypes[(bytes[0]! >> 4) & 7];
  if (!type) return null;
  let size = bytes[0]! & 15;
  let at = 1;
  for (let scale = 16; bytes[at - 1]! & 0x80; scale *= 128) size += (bytes[at++]! & 0x7f) * scale;
  return { type, body: inflateSync(bytes.subarray(at), { maxOutputLength: Math.max(1, size) }) };
}

/** A pack of these entries, each object once, and smaller than 2 GiB. */
export function packOf(entries: readonly PackEntry[]): Pack {
  const header = Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1");
  header.writeUInt32BE(entries.length, 8);
  let at = header.length;
  const placed = entries.map((entry) => {
    const offset = at;
    at += entry.bytes.length;
    return { ...entry, offset };
  });
  const pack = closed([header, ...entries.map((entry) => entry.bytes)]);
  placed.sort((a, b) => (a.oid < b.oid ? -1 : 1));
  const fanOut = words(Array.from({ length: 256 }, (_, byte) => countUpTo(placed, byte)));
  const index = closed([
    Buffer.from("\xfftOc\0\0\0\x02", "latin1"),
    fanOut,
    ...placed.map(({ oid }) => Buffer.from(oid, "hex")),
    words(placed.map(({ bytes }) => crc32(bytes))),
    words(placed.map(({ offset }) => offset)),
    pack.subarray(-20),
  ]);
  return { name: pack.toString("hex", pack.length - 20), pack, index };
}

function countUpTo(sorted: readonly PackEntry[], byte: number): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (Number.parseInt(sorted[middle]!.oid.slice(0, 2), 16) <= byte) low = middle + 1;
    else high = middle;
  }
  return low;
}

function words(values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) buffer.writeUInt32BE(value, at * 4);
  return buffer;
}

/** Some bytes and their SHA-1. */
function closed(parts: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([bytes, createHash("sha1").update(bytes).digest()]);
}

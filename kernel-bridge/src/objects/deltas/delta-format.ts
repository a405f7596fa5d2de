import { deflateRawSync, inflateRawSync } from "node:zlib";
import { shortIdBytes } from "../chunks/chunk-id.ts";
import { inflateList } from "../segments/inflate-lists.ts";
import { unzigzag, varintReader, writeVarints, zigzag } from "../segments/varints.ts";

/*
 * The form of a segment's deltas: three lengths of 4 bytes, little-endian, then three stretches of that many bytes.
 *
 *   bases      of one delta after the other, the first 12 bytes of the SHA-256 of each chunk it rests on
 *   steps      raw deflate of varints: how many bases a delta has; then its steps, of three numbers each, until the chunk is as long as
 *              it is: how many bytes to take of the literals, how many to copy, and from where
 *   literals   raw deflate of the literals of all
 *
 * A copy is of the bases laid end to end. Where from is counted from where the copy before ended, 0 at first, as zigzag.
 */

/** A chunk as a change of others. */
export interface Delta {
  /** What it rests on, laid end to end: the first bytes of their ids. */
  readonly bases: readonly string[];
  /** Three numbers a step: bytes to insert, bytes to copy, where to copy them from. */
  readonly steps: readonly number[];
  readonly literals: Buffer;
}

/** Deltas as a segment holds them. */
export function writeDeltas(deltas: readonly Delta[]): Buffer {
  if (deltas.length === 0) return Buffer.alloc(0);
  const numbers = deltas.flatMap(({ bases, steps }) => [bases.length, ...relative(steps)]);
  const parts = [
    Buffer.from(deltas.flatMap(({ bases }) => bases).join(""), "latin1"),
    deflateRawSync(writeVarints(numbers), { level: 9 }),
    deflateRawSync(Buffer.concat(deltas.map(({ literals }) => literals)), { level: 9 }),
  ];
  const head = Buffer.alloc(12);
  for (const [at, { length }] of parts.entries()) head.writeUInt32LE(length, at * 4);
  return Buffer.concat([head, ...parts]);
}

/** Reads what `writeDeltas` wrote, of chunks of these lengths. Throws where it is none of that. */
export function readDeltas(bytes: Buffer, lengths: readonly number[]): Delta[] {
  if (lengths.length === 0) return [];
  const [first = 0, second = 0] = [0, 4].map((at) => bytes.readUInt32LE(at));
  const names = bytes.subarray(12, 12 + first);
  const steps = varintReader(inflateList(bytes.subarray(12 + first, 12 + first + second), lengths.length));
  // No more than the chunks are long.
  const most = Math.max(
    1,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  const literals = inflateRawSync(bytes.subarray(12 + first + second), { maxOutputLength: most });
  let name = 0;
  let literal = 0;
  return lengths.map((length) => {
    const bases: string[] = [];
    for (let left = steps.next(); left > 0 && name < names.length; left--, name += shortIdBytes)
      bases.push(names.toString("latin1", name, name + shortIdBytes));
    const own: number[] = [];
    const from = literal;
    let end = 0;
    for (let made = 0; made < length; ) {
      const insert = steps.next();
      const copy = steps.next();
      const start = end + unzigzag(steps.next());
      // Neither is so only of bytes that are no steps.
      if (!(insert + copy > 0)) break;
      own.push(insert, copy, start);
      end = start + copy;
      made += insert + copy;
      literal += insert;
    }
    return { bases, steps: own, literals: literals.subarray(from, literal) };
  });
}

/** The chunk that a delta makes of its bases; null when it reaches out of them. */
export function applyDelta({ steps, literals }: Delta, base: Buffer, length: number): Buffer | null {
  const made = Buffer.allocUnsafe(length);
  let at = 0;
  let literal = 0;
  for (let step = 0; step < steps.length; step += 3) {
    const insert = steps[step]!;
    const copy = steps[step + 1]!;
    const from = steps[step + 2]!;
    const isInside = from >= 0 && from + copy <= base.length && literal + insert <= literals.length;
    if (!isInside || at + insert + copy > length) return null;
    literals.copy(made, at, literal, literal + insert);
    base.copy(made, at + insert, from, from + copy);
    literal += insert;
    at += insert + copy;
  }
  return at === length ? made : null;
}

function relative(steps: readonly number[]): number[] {
  const numbers: number[] = [];
  let end = 0;
  for (let step = 0; step < steps.length; step += 3) {
    const copy = steps[step + 1]!;
    const from = copy === 0 ? end : steps[step + 2]!;
    numbers.push(steps[step]!, copy, zigzag(from - end));
    end = from + copy;
  }
  return numbers;
}

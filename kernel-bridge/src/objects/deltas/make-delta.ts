import type { Delta } from "./delta-format.ts";

/** What a chunk is as a change of some base. */
export interface Change extends Omit<Delta, "bases"> {
  /** About how many bytes it takes. */
  readonly cost: number;
  /** The stretch of the base that is copied from. */
  readonly from: number;
  readonly to: number;
  /** Where the last copy ended: what follows in the file is likely to follow there. */
  readonly end: number;
}

/**
 * A chunk as copies of a base and what stands between them. Both are followed as long as they are equal; where they part, the next place
 * where they are is looked for close by, then in the whole base. Null when it would cost more than `most`.
 */
export function makeDelta(target: Buffer, base: Buffer, most: number): Change | null {
  const steps: number[] = [];
  const literals: Buffer[] = [];
  let far: FarIndex | null = null;
  let cost = 0;
  let from = base.length;
  let to = 0;
  let end = 0;
  let at = 0;
  let place = 0;
  let literal = 0;
  while (at < target.length && cost + (at - literal) <= most) {
    const length = commonLength(target, at, base, place);
    if (length >= shortestCopy || (length > 0 && at + length === target.length && at === literal)) {
      steps.push(at - literal, length, place);
      literals.push(target.subarray(literal, at));
      cost += at - literal + stepCost;
      from = Math.min(from, place);
      at += length;
      end = place + length;
      to = Math.max(to, end);
      place = end;
      literal = at;
      continue;
    }
    let next = findNear(target, at, base, place);
    if (next === null) {
      far ??= farIndex(base);
      next = findFar(far, target, at, base, most - cost + literal);
    }
    if (next === null) break;
    // What is equal before it belongs to it.
    while (next.at > literal && next.place > 0 && target[next.at - 1] === base[next.place - 1])
      next = { at: next.at - 1, place: next.place - 1 };
    ({ at, place } = next);
  }
  const rest = target.length - literal;
  cost += rest;
  if (cost > most) return null;
  if (rest > 0) {
    steps.push(rest, 0, end);
    literals.push(target.subarray(literal));
  }
  return { steps, literals: Buffer.concat(literals), cost, from, to, end };
}

interface Match {
  readonly at: number;
  readonly place: number;
}

const shortestCopy = 12;
const stepCost = 5;

/** How many bytes are equal from two places on. */
export function commonLength(a: Buffer, at: number, b: Buffer, place: number): number {
  const most = Math.min(a.length - at, b.length - place);
  if (most <= 0) return 0;
  const some = Math.min(most, 32);
  let length = 0;
  while (length < some && a[at + length] === b[place + length]) length++;
  if (length < some) return length;
  // Comparing stretches costs a call each, and next to nothing a byte.
  let stretch = 256;
  while (length < most) {
    const size = Math.min(stretch, most - length);
    if (isEqual(a, at + length, b, place + length, size)) {
      length += size;
      stretch *= 2;
    } else if (size <= 16) {
      while (a[at + length] === b[place + length]) length++;
      return length;
    } else stretch = size >> 2 < 16 ? 16 : size >> 2;
  }
  return length;
}

function isEqual(a: Buffer, at: number, b: Buffer, place: number, size: number): boolean {
  return a.compare(b, place, place + size, at, at + size) === 0;
}

const nearBytes = 512;
const nearSlots = 2048;
const near = new Int32Array(nearSlots);
const nearChain = new Int32Array(2 * nearBytes);

/** The first place close by where both go on alike: the longest of those that begin soon after the first. */
function findNear(target: Buffer, at: number, base: Buffer, place: number): Match | null {
  const first = Math.max(0, place - nearBytes);
  const last = Math.min(base.length - keyBytes, place + nearBytes - 1);
  near.fill(-1);
  for (let each = first; each <= last; each++) {
    const slot = key(base, each) % nearSlots;
    nearChain[each - first] = near[slot]!;
    near[slot] = each - first;
  }
  let best: Match | null = null;
  let longest = 0;
  const end = Math.min(target.length - keyBytes, at + nearBytes);
  for (let each = at; each <= end; each++) {
    if (best !== null && each > best.at + 48) break;
    let slot = near[key(target, each) % nearSlots]!;
    for (let tries = 0; slot >= 0 && tries < 8; tries++, slot = nearChain[slot]!) {
      const length = commonLength(target, each, base, first + slot);
      if (length < 16 || length <= longest) continue;
      best = { at: each, place: first + slot };
      longest = length;
    }
    if (longest >= 128) break;
  }
  return best;
}

const keyBytes = 8;

/** A number from 0 for the eight bytes at a place. */
function key(bytes: Buffer, at: number): number {
  const low = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  const high = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
  const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

interface FarIndex {
  readonly slots: Int32Array;
  readonly mask: number;
}

const farStride = 16;
const farMatch = 32;

/** Every sixteenth place of the base: a stretch of 32 equal bytes meets one. */
function farIndex(base: Buffer): FarIndex {
  const mask = 2 ** Math.ceil(Math.log2(Math.max(64, (2 * base.length) / farStride))) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  for (let at = base.length - keyBytes; at >= 0; at -= farStride) slots[key(base, at) & mask] = at;
  return { slots, mask };
}

function findFar(index: FarIndex, target: Buffer, at: number, base: Buffer, upTo: number): Match | null {
  const end = Math.min(target.length - keyBytes, upTo);
  for (let each = at; each <= end; each++) {
    const place = index.slots[key(target, each) & index.mask]!;
    if (place >= 0 && commonLength(target, each, base, place) >= farMatch) return { at: each, place };
  }
  return null;
}

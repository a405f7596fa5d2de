/** Some of the fixes, by their numbers: a bit each. */
export type SetOfFixes = number;

export function isIn(fixes: SetOfFixes, fix: number): boolean {
  return (fixes & (1 << fix)) !== 0;
}

/** The numbers in it, the least first. */
export function membersOf(fixes: SetOfFixes): number[] {
  return Array.from({ length: 31 }, (_, at) => at).filter((fix) => isIn(fixes, fix));
}

/** Orders in which fixes may come. */
export interface FixOrders {
  readonly orders: readonly (readonly number[])[];
  /** How many there are in all. */
  readonly of: number;
  readonly isSampled: boolean;
}

/** Up to here every order is looked at: 32 sets of fixes. */
export const mostFixesInEveryOrder = 5;

/** Every order of so many fixes; of more than `mostFixesInEveryOrder` some, drawn alike each time. */
export function fixOrders(count: number): FixOrders {
  const numbers = Array.from({ length: count }, (_, at) => at);
  const of = numbers.reduce((product, at) => product * (at + 1), 1);
  if (count <= mostFixesInEveryOrder) return { orders: permutationsOf(numbers), of, isSampled: false };
  const random = randomNumbers(1);
  return { orders: Array.from({ length: sampled }, () => shuffled(numbers, random)), of, isSampled: true };
}

/** Every set of fixes that the orders come by, none and all of them first. */
export function setsOf({ orders }: FixOrders): SetOfFixes[] {
  const sets = new Set<SetOfFixes>([0]);
  const [first] = orders;
  if (first !== undefined) sets.add(first.reduce((fixes, fix) => fixes | (1 << fix), 0));
  for (const order of orders) {
    let fixes: SetOfFixes = 0;
    for (const fix of order) {
      fixes |= 1 << fix;
      sets.add(fixes);
    }
  }
  return [...sets];
}

const sampled = 8;

function permutationsOf(numbers: readonly number[]): number[][] {
  if (numbers.length === 0) return [[]];
  return numbers.flatMap((first) =>
    permutationsOf(numbers.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}

function shuffled(numbers: readonly number[], random: () => number): number[] {
  const left = [...numbers];
  return numbers.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

/** Between 0 and 1, the same ones each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

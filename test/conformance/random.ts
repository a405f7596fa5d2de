export interface Random {
  below(limit: number): number;
  chance(share: number): boolean;
  of<T>(choices: readonly T[]): T;
}

/** A small seeded generator (mulberry32), so that a failure can be run again. */
export function randomFrom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    chance: (share) => next() < share,
    of: (choices) => choices[Math.floor(next() * choices.length)]!,
  };
}

import type { BillFigures } from "./bill-words.ts";

/** One bar: from one level of the score to another. */
export interface Bar {
  readonly kind: "as-written" | "share" | "fixed";
  /** Of the part of the bill, for a share. */
  readonly part: number | null;
  readonly from: number;
  readonly to: number;
}

export interface Waterfall {
  readonly bars: readonly Bar[];
  /** The level that the outer bars stand on, and what it is called; empty for zero. */
  readonly floor: number;
  readonly floorName: string;
  readonly least: number;
  readonly most: number;
}

/** The bars of a bill from left to right: the score as written, each share, and what is left. They stand on zero, or on what a guess scores where that is known and nothing lies below. */
export function waterfall(name: string, { asWritten, fixed, shares }: BillFigures): Waterfall {
  const bars: Bar[] = [];
  let level = asWritten;
  for (const [part, share] of shares.entries()) {
    if (share === null) continue;
    bars.push({ kind: "share", part, from: level, to: level - share });
    level -= share;
  }
  const levels = [asWritten, fixed, ...bars.map(({ to }) => to)];
  const isGuess = name === "roc_auc_score" && Math.min(...levels) >= 0.5;
  const floor = isGuess ? 0.5 : 0;
  return {
    bars: [
      { kind: "as-written", part: null, from: floor, to: asWritten },
      ...bars,
      { kind: "fixed", part: null, from: floor, to: fixed },
    ],
    floor,
    floorName: isGuess ? ".5, chance" : "",
    least: Math.min(floor, ...levels),
    most: Math.max(floor, ...levels),
  };
}

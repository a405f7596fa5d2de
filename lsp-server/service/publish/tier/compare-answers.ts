import type { PlanModel, PlanValue } from "@lookback/pipeline/plan/plan.ts";
import type { Served } from "./ask.ts";
import { near, TOLERANCE } from "./near.ts";
import type { FittedAnswer } from "./read-export.ts";

/** How a served model's answers compare with the fitted model's, row by row. */
export interface Comparison {
  /** The largest difference of two numbers; infinite where one of them is missing. */
  readonly worst: number;
  /** Rows of which some number lies outside the tolerance, or some text is another. */
  readonly outside: number;
  /** Those of them that would be taken for another class. */
  readonly flips: number;
  /** Rows that are answered although the fitted model refuses them. */
  readonly answered: number;
  /** Rows that are refused although the fitted model answers them. */
  readonly refused: number;
  /** The first row that differs in any of these ways. */
  readonly first: number | null;
}

/**
 * Compares every value the fitted model gave with the one the served model gives: of a classifier the probability of every class that
 * is answered, of two classes that of the positive one. Each row is held to its own size: a large row excuses no other. A class follows
 * from the numbers, so where those agree none is another, be it a vote of exactly a half.
 */
export function compareAnswers(
  expected: readonly FittedAnswer[],
  answers: readonly (Served | null)[],
  output: Pick<PlanModel["output"], "name" | "kind" | "classes" | "positiveClass" | "names">,
  tolerance = TOLERANCE,
): Comparison {
  const found = { worst: 0, outside: 0, flips: 0, answered: 0, refused: 0 };
  let first: number | null = null;
  for (const [row, wanted] of expected.entries()) {
    const answer = answers[row] ?? null;
    if (wanted === null && answer === null) continue;
    if (wanted === null) found.answered += 1;
    else if (answer === null) found.refused += 1;
    else {
      const pairs = pairsOf(wanted, answer, output);
      const differences = pairs.map(([a, b]) => difference(a, b));
      found.worst = Math.max(found.worst, ...differences);
      if (pairs.length > 0 && pairs.every(([a, b]) => same(a, b, tolerance))) continue;
      found.outside += 1;
      if (chosen(pairs.map(([a]) => a)) !== chosen(pairs.map(([, b]) => b))) found.flips += 1;
    }
    first ??= row;
  }
  return { ...found, first };
}

type Pair = readonly [wanted: PlanValue, served: PlanValue];

function pairsOf(
  wanted: NonNullable<FittedAnswer>,
  answer: Served,
  { name, kind, classes, positiveClass, names }: Parameters<typeof compareAnswers>[2],
): readonly Pair[] {
  const listed = Array.isArray(wanted) ? (wanted as readonly PlanValue[]) : [wanted as PlanValue];
  if (kind !== "probability")
    return (names ?? [name]).map((key, at): Pair => [listed[at] ?? null, answer[key] ?? null]);
  const shown = positiveClass === null ? (classes ?? []) : [positiveClass];
  return shown.map(
    (each): Pair => [
      listed[classes!.indexOf(each)] ?? null,
      answer[positiveClass === null ? each : name] ?? null,
    ],
  );
}

function same(a: PlanValue, b: PlanValue, tolerance: number): boolean {
  if (typeof a === "number" && typeof b === "number") return !Number.isNaN(a) && near(a, b, tolerance);
  return a !== null && a === b;
}

function difference(a: PlanValue, b: PlanValue): number {
  if (typeof a === "number" && typeof b === "number") {
    const apart = Math.abs(a - b);
    return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
  }
  return a !== null && a === b ? 0 : Number.POSITIVE_INFINITY;
}

/** The class a person would act on: of one probability whether it is above a half, of several the first of the greatest. */
function chosen(values: readonly PlanValue[]): PlanValue {
  if (values.some((value) => typeof value !== "number")) return values.join("\n");
  const [only = Number.NaN] = values as readonly number[];
  if (values.length === 1) return only > 0.5 ? 1 : 0;
  return values.indexOf(Math.max(...(values as readonly number[])));
}

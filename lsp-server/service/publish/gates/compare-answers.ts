import type { PlanValue } from "@lookback/pipeline/plan/plan.ts";
import type { ExportedModel } from "../rehearse/rehearsal.ts";
import { near } from "./same-value.ts";

/** How a served model's answers compare with the fitted model's, row by row. */
export interface Comparison {
  /** The largest difference of any number; infinite when an answer is missing or is no number. */
  readonly worst: number;
  /** Rows of which some number lies outside the tolerance. */
  readonly outside: number;
  /** Rows that would be taken for another class. */
  readonly flips: number;
}

/**
 * Compares every number the fitted model gave with the one the served model gives: of a classifier the probability of every class that
 * is answered, of two classes that of the positive one. Each row is held to its own size: a large row excuses no other.
 */
export function compareAnswers(
  expected: ExportedModel["sample"]["expected"],
  answers: readonly Readonly<Record<string, PlanValue>>[],
  output: {
    readonly name: string;
    readonly classes: readonly string[] | null;
    readonly positiveClass: string | null;
  },
): Comparison {
  const { name, classes, positiveClass } = output;
  const shown = classes === null ? [] : positiveClass === null ? classes : [positiveClass];
  let worst = 0;
  let outside = 0;
  let flips = 0;
  for (const [row, wanted] of expected.entries()) {
    const answer = answers[row] ?? {};
    const pairs =
      typeof wanted === "number"
        ? [[wanted, numberIn(answer[name])] as const]
        : shown.map(
            (each) =>
              [
                wanted[classes!.indexOf(each)] ?? Number.NaN,
                numberIn(answer[positiveClass === null ? each : name]),
              ] as const,
          );
    const differences = pairs.map(([a, b]) => Math.abs(a - b));
    worst = Math.max(
      worst,
      ...differences.map((each) => (Number.isNaN(each) ? Number.POSITIVE_INFINITY : each)),
    );
    if (pairs.length === 0 || pairs.some(([a, b]) => Number.isNaN(a) || !near(a, b))) outside += 1;
    if (typeof wanted !== "number" && chosen(pairs.map(([a]) => a)) !== chosen(pairs.map(([, b]) => b)))
      flips += 1;
  }
  return { worst, outside, flips };
}

/** The class a person would act on: of one probability whether it is above a half, of several the first of the greatest. */
function chosen(probabilities: readonly number[]): number {
  const [only = Number.NaN] = probabilities;
  if (probabilities.length === 1) return only > 0.5 ? 1 : 0;
  return probabilities.indexOf(Math.max(...probabilities));
}

function numberIn(value: PlanValue | undefined): number {
  return typeof value === "number" ? value : Number.NaN;
}

import { normalTail } from "../reproduce/chance.ts";

/** By how much the best of several scores is expected to be better than its model, or why nobody can say. */
export type Optimism = { readonly by: number; readonly of: number } | { readonly notKnown: string };

/** What is known of the rows that judged. */
export interface JudgingRows {
  readonly rows: number | null;
  /** Of two classes, how many rows are of the rarer. */
  readonly rarest: number | null;
}

/**
 * How much too good the best of k scores on the same n rows is expected to be, at most. A score is its model's true value and an error,
 * normal with the standard error σ of its kind on n rows: binomial for accuracy, Hanley and McNeil's for an area under a ROC curve, both at
 * the mean score. Errors of models on the same rows go together, by a correlation ρ: the scores spread with s² = τ² + σ²(1 − ρ), where τ is
 * the spread of the true values, and whoever takes the best takes (σ²(1 − ρ) / s) · m(k) of error along, m(k) being the expected maximum of k
 * independent standard normals. The scores alone do not tell τ from ρ, so the most is said that the seen s allows:
 *
 * - where s is no more than chance makes of k equal models, they are (τ = 0), and s is all error: s · m(k), s taken as no more than one of
 *   its own standard errors above σ;
 * - beyond two of those the errors are independent (ρ = 0), and the rest of s is true: (σ² / s) · m(k).
 *
 * It is right of models that are equally good, however they err together; of those that differ and err together it is too high.
 */
export function expectedOptimism(name: string, scores: readonly number[], judging: JudgingRows): Optimism {
  const kind = kinds.get(name);
  if (kind === undefined) return { notKnown: "no standard error is known of such a score" };
  if (judging.rows === null) return { notKnown: "how many rows there are is not known" };
  const k = scores.length;
  if (k < fewest)
    return {
      notKnown: `fewer than ${fewest} such scores on held-out rows do not tell how alike the models are`,
    };
  const mean = scores.reduce((sum, score) => sum + score, 0) / k;
  const error = kind(mean, judging.rows, judging.rarest);
  if (error === null) return { notKnown: "how many rows are of each class is not known" };
  if (!(error > 0)) return { notKnown: "all of its scores are as good or as bad as can be" };
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (k - 1);
  // Of a small sample it is a little too small.
  const spread = (Math.sqrt(variance) * (4 * k - 3)) / (4 * k - 4);
  const chance = 1 / Math.sqrt(2 * (k - 1));
  const share =
    spread <= error * (1 + 2 * chance) ? Math.min(spread, error * (1 + chance)) : error ** 2 / spread;
  return { by: share * expectedMaximum(k), of: k };
}

/** Of k independent standard normals. */
export function expectedMaximum(k: number): number {
  const step = 0.01;
  let sum = 0;
  for (let x = step / 2; x < 9; x += step) {
    const tail = normalTail(x) / 2;
    sum += (1 - (1 - tail) ** k - tail ** k) * step;
  }
  return sum;
}

const fewest = 5;

type StandardError = (mean: number, rows: number, rarest: number | null) => number | null;

const proportion: StandardError = (mean, rows) => Math.sqrt((mean * (1 - mean)) / rows);

/** Hanley and McNeil 1982. */
const area: StandardError = (mean, rows, rarest) => {
  if (rarest === null || rarest >= rows) return null;
  const [one, two] = [mean / (2 - mean), (2 * mean ** 2) / (1 + mean)];
  const others = rows - rarest;
  // Which class is the rarer is not known: the larger of both.
  const variance = ([a, b]: readonly [number, number]) =>
    (mean * (1 - mean) + (a - 1) * (one - mean ** 2) + (b - 1) * (two - mean ** 2)) / (a * b);
  return Math.sqrt(Math.max(variance([rarest, others]), variance([others, rarest])));
};

const kinds: ReadonlyMap<string, StandardError> = new Map([
  ["accuracy_score", proportion],
  ["zero_one_loss", proportion],
  ["roc_auc_score", area],
]);

import { counted } from "../../counted.ts";
import { otherGround } from "../compare/facts/compare-metrics.ts";
import type { Metric } from "../format/run.ts";
import { normalTail, studentTail } from "./chance.ts";
import type { ScoreOutcome } from "./reproduction.ts";

/** How far two scores may be apart, in proportion, that are called the same: what threads that add in another order make of it. */
export const defaultTolerance = 1e-9;

/** Below this the difference of two scores is more than chance. */
const level = 0.05;

type Judged = Pick<ScoreOutcome, "outcome" | "test">;

/**
 * A score beside the one of the second time. Where they differ by more than the tolerance a two-sided test says whether chance alone explains it, if one is
 * known for such a score: where none is, they are different.
 */
export function judgeScore(recorded: Metric, again: Metric, tolerance: number): Judged {
  const ground = otherGround(recorded, again);
  if (ground !== null) return { outcome: "different", test: `they are ${ground}` };
  if (isSame(recorded, again)) return { outcome: "identical", test: null };
  const distance = Math.abs(recorded.value - again.value);
  const size = Math.max(Math.abs(recorded.value), Math.abs(again.value));
  if (distance <= tolerance * size)
    return { outcome: "within tolerance", test: `they differ by no more than ${tolerance} of their size` };
  const tested = ofFolds(recorded, again) ?? ofShares(recorded, again) ?? ofRanks(recorded, again);
  if (tested === null)
    return { outcome: "different", test: "no test is known for such a score, over what was recorded of it" };
  const { p, test } = tested;
  const outcome = p >= level ? "statistically the same" : "different";
  return { outcome, test: `${test}: p = ${p < 0.001 ? "< 0.001" : p.toFixed(3)}`.replace("= <", "<") };
}

function isSame(left: Metric, right: Metric): boolean {
  return Object.is(left.value, right.value) && JSON.stringify(left.values) === JSON.stringify(right.values);
}

interface Tested {
  readonly p: number;
  readonly test: string;
}

/** A mean over folds, by Welch's t-test. */
function ofFolds(left: Metric, right: Metric): Tested | null {
  const [a, b] = [foldsOf(left), foldsOf(right)];
  if (a === null || b === null) return null;
  // The spread is that of the folds alone: for a sample of all splits there are, one fold fewer counts.
  const [va, vb] = [a.spread ** 2 / (a.folds - 1), b.spread ** 2 / (b.folds - 1)];
  if (va + vb === 0) return null;
  const t = (left.value - right.value) / Math.sqrt(va + vb);
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.folds - 1) + vb ** 2 / (b.folds - 1));
  return {
    p: studentTail(t, freedom),
    test: `Welch's t-test, two-sided, over ${a.folds} and ${b.folds} folds`,
  };
}

function foldsOf({ folds, spread }: Metric) {
  return folds == null || folds < 2 || spread == null ? null : { folds, spread };
}

/** A share of rows, by the z-test of two proportions. */
function ofShares(left: Metric, right: Metric): Tested | null {
  const rows = rowsOf(left, right);
  if (rows === null || !shares.has(left.name)) return null;
  const pooled = (left.value + right.value) / 2;
  const p = zTest(left, right, (2 * pooled * (1 - pooled)) / rows);
  return p === null
    ? null
    : { p, test: `z-test of two proportions, two-sided, over ${counted(rows, "row")}` };
}

/** An area under a ROC curve, by Hanley and McNeil; how many rows are of each class is not recorded: half and half is the strictest. */
function ofRanks(left: Metric, right: Metric): Tested | null {
  const rows = rowsOf(left, right);
  if (rows === null || left.name !== "roc_auc_score") return null;
  const half = rows / 2;
  const variance = ({ value }: Metric) => {
    const [one, two] = [value / (2 - value), (2 * value ** 2) / (1 + value)];
    return (value * (1 - value) + (half - 1) * (one - value ** 2 + (two - value ** 2))) / half ** 2;
  };
  const p = zTest(left, right, variance(left) + variance(right));
  const over = `${counted(rows, "row")}, taken as half of each class`;
  return p === null ? null : { p, test: `z-test of two areas (Hanley and McNeil), two-sided, over ${over}` };
}

/** Scores that are the share of rows that were answered right, or wrong. */
const shares = new Set(["accuracy_score", "zero_one_loss"]);

function rowsOf(left: Metric, right: Metric): number | null {
  const isShare = [left, right].every(({ value }) => value >= 0 && value <= 1);
  return isShare && left.rows !== null && left.rows === right.rows && left.rows >= 2 ? left.rows : null;
}

function zTest(left: Metric, right: Metric, variance: number): number | null {
  return variance > 0 ? normalTail((left.value - right.value) / Math.sqrt(variance)) : null;
}

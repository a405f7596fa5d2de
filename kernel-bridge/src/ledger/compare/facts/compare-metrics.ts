import { counted } from "../../../counted.ts";
import { countLeaks } from "../../../metrics/leaks-of-score.ts";
import { metricDirection } from "../../../metrics/metric-words.ts";
import type { Metric, Run } from "../../format/run.ts";
import type { MetricComparison } from "../comparison.ts";
import type { Side } from "../side.ts";

/**
 * The scores of two runs, each beside its counterpart: of one name, and as far as there is one on the same split and of the same model. Scores
 * over other rows, another split, other folds or of a run with leaks stand beside each other and are not compared.
 */
export function compareMetrics(left: Side, right: Side): MetricComparison[] {
  const lefts = groupsOf(left.run);
  const rights = groupsOf(right.run);
  const rows: MetricComparison[] = [];
  const put = (before: readonly Metric[], after: readonly Metric[]) => {
    for (const [a, b] of pairs(before, after))
      rows.push(compared(left, right, a, b, { left: before.length, right: after.length }));
  };
  for (const after of rights) {
    const found =
      lefts.find((each) => each.name === after.name && each.split === after.split && each.of === after.of) ??
      lefts.find((each) => each.name === after.name && each.split === after.split) ??
      lefts.find((each) => each.name === after.name);
    if (found !== undefined) lefts.splice(lefts.indexOf(found), 1);
    put(found?.metrics ?? [], after.metrics);
  }
  for (const before of lefts) put(before.metrics, []);
  return rows;
}

/** Scores of one name, split and model. */
interface Group {
  readonly name: string;
  readonly split: string | null;
  readonly of: string | null;
  readonly metrics: Metric[];
}

function groupsOf(run: Run): Group[] {
  const groups = new Map<string, Group>();
  for (const metric of run.metrics) {
    const { name, split = null } = metric;
    const of = modelOf(run, metric);
    const key = JSON.stringify([name, split, of]);
    const group = groups.get(key) ?? { name, split, of, metrics: [] };
    group.metrics.push(metric);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** As people call it: by its variable, else by its class. */
function modelOf(run: Run, { model, estimator }: Metric): string | null {
  const fitted = model == null ? undefined : run.models.find((each) => each.model === model);
  return fitted?.variable ?? fitted?.className ?? estimator ?? null;
}

/** A few of each, as many on both sides, are compared one by one; of a series, or where their number differs, the last. */
function pairs(left: readonly Metric[], right: readonly Metric[]): [Metric | null, Metric | null][] {
  if (left.length === right.length && left.length <= mostPairs)
    return left.map((metric, at) => [metric, right[at]!]);
  return [[left.at(-1) ?? null, right.at(-1) ?? null]];
}

const mostPairs = 5;

function compared(
  left: Side,
  right: Side,
  before: Metric | null,
  after: Metric | null,
  of: MetricComparison["of"],
): MetricComparison {
  const { name } = (after ?? before)!;
  const both = before !== null && after !== null;
  const reason = both
    ? (otherGround(before, after) ??
      whyNotComparable(left, before, "the left run") ??
      whyNotComparable(right, after, "the right run"))
    : null;
  const change = both && reason === null ? after.value - before.value : null;
  return {
    name,
    left: before && { value: before.value },
    right: after && { value: after.value },
    state: !both
      ? before === null
        ? "added"
        : "removed"
      : before.value === after.value
        ? "same"
        : "changed",
    change: change !== null && Number.isFinite(change) ? change : null,
    direction: metricDirection(name),
    rows: { left: before?.rows ?? null, right: after?.rows ?? null },
    split: splitText(before, after),
    splits: { left: before?.split ?? null, right: after?.split ?? null },
    reason,
    of,
  };
}

/** Why two scores are not of the same thing; null where they are, as far as was recorded. */
export function otherGround(left: Metric, right: Metric): string | null {
  // Runs of before these were kept do not have them.
  if (left.split != null && right.split != null && left.split !== right.split)
    return `on ${rowsOf(left.split)} and on ${rowsOf(right.split)}`;
  if (left.rows !== null && right.rows !== null && left.rows !== right.rows)
    return `over ${counted(left.rows, "row")} and over ${counted(right.rows, "row")}`;
  if (left.folds != null && right.folds != null && left.folds !== right.folds)
    return `over ${counted(left.folds, "fold")} and over ${counted(right.folds, "fold")}`;
  return null;
}

function splitText(before: Metric | null, after: Metric | null): string | null {
  const [left, right] = [before?.split ?? null, after?.split ?? null];
  if (before === null || after === null || left === right) return left ?? right;
  return `${left ?? "not known"} → ${right ?? "not known"}`;
}

function rowsOf(split: string): string {
  return { train: "training rows", "held out": "held-out rows", mixed: "mixed rows" }[split] ?? split;
}

/** Why a side's score is comparable with none. */
export function whyNotComparable({ run, summary }: Side, score: Metric, which: string): string | null {
  if (summary.origin?.kind === "honest") return `${which} is a kept honest score, which nobody ran`;
  const { reaching, unknown } = countLeaks(run.trust?.findings ?? [], score.cellId);
  if (reaching > 0) return `${counted(reaching, "leak")} in ${which}`;
  return unknown > 0
    ? `${counted(unknown, "leak")} in ${which}, and whether the score rests on it is not known`
    : null;
}

import { counted } from "../../../counted.ts";
import { metricDirection } from "../../../metrics/metric-words.ts";
import type { Metric } from "../../format/run.ts";
import type { FactValue, MetricComparison } from "../comparison.ts";
import type { Side } from "../side.ts";

/**
 * The scores of two runs, each beside its counterpart: of one name, and of the same kind where something else is said of it. Scores over
 * other rows, another split, or of a run with leaks stand beside each other and are not compared.
 */
export function compareMetrics(left: Side, right: Side): MetricComparison[] {
  const lefts = byKind(left.run.metrics);
  const rights = byKind(right.run.metrics);
  const rows: MetricComparison[] = [];
  for (const [kind, after] of rights) {
    const same =
      lefts.get(kind) ?? lefts.get([...lefts.keys()].find((key) => nameOf(key) === nameOf(kind)) ?? "");
    const before = same ?? [];
    for (const [key, list] of lefts) if (list === same) lefts.delete(key);
    rows.push(
      ...pairs(before, after).map(([a, b]) => compared(left, right, a, b, before.length, after.length)),
    );
  }
  for (const before of lefts.values())
    rows.push(...pairs(before, []).map(([a, b]) => compared(left, right, a, b, before.length, 0)));
  return rows;
}

function byKind(metrics: readonly Metric[]): Map<string, Metric[]> {
  const kinds = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const kind = `${metric.name}\n${JSON.stringify([...wordsOf(metric)])}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), metric]);
  }
  return kinds;
}

function nameOf(kind: string): string {
  return kind.slice(0, kind.indexOf("\n"));
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
  ofLeft: number,
  ofRight: number,
): MetricComparison {
  const { name } = (after ?? before)!;
  const both = before !== null && after !== null;
  const reason = both
    ? (whyNotComparable(before, after) ?? leaksOf(left, "the left run") ?? leaksOf(right, "the right run"))
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
    reason,
    of: { left: ofLeft, right: ofRight },
  };
}

function whyNotComparable(left: Metric, right: Metric): string | null {
  if (left.rows !== null && right.rows !== null && left.rows !== right.rows)
    return `over ${counted(left.rows, "row")} and over ${counted(right.rows, "row")}`;
  const before = wordsOf(left);
  const after = wordsOf(right);
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(name), after.get(name)];
    if (a !== undefined && b !== undefined && a !== b) return `${name} ${a} and ${name} ${b}`;
  }
  return null;
}

/** Why a side's scores are comparable with none. */
export function leaksOf({ summary }: Side, which: string): string | null {
  return summary.trust === "leaky" ? `${counted(summary.leaks, "leak")} in ${which}` : null;
}

/** What else is said of a score in words, as of which split it is; digests and places of cells differ without that. */
function wordsOf(metric: Metric): Map<string, string> {
  const { name: _name, value: _value, rows: _rows, cellId: _cell, ...rest } = metric;
  const words = Object.entries(rest as Readonly<Record<string, FactValue>>).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !/^[0-9a-f]{16,}$/.test(entry[1]),
  );
  return new Map(words);
}

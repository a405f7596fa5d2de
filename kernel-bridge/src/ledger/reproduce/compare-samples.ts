import { counted } from "../../counted.ts";
import { readSample, type Sample, type SampleArray } from "../samples/read-sample.ts";

/** How far an answer may be from what it was, in proportion to its size. Those of single precision are held to their last digits. */
export const ANSWER_TOLERANCE = 1e-9;

/** What a model answered then and again, to the same rows. */
export interface SampleComparison {
  /** E0: the same bytes. E1: every number within the tolerance, and every label the same. */
  readonly tier: "E0" | "E1" | "differs";
  readonly rows: number;
  /** Rows that are answered otherwise. */
  readonly differing: number;
  /** Those of which a label is another: a whole number, a truth or a text. */
  readonly flips: number;
  /** The largest difference of two numbers; 0 where none differ. */
  readonly worst: number;
  /** In one sentence. */
  readonly said: string;
}

/**
 * Compares two samples of one model's answers, as a run keeps them; null where it did not answer again. Of the second it may be known what it
 * answers to more methods. Fails as `readSample` does.
 */
export function compareSamples(
  recorded: Uint8Array,
  again: Uint8Array | null,
  tolerance: number = ANSWER_TOLERANCE,
): SampleComparison {
  const left = readSample(recorded);
  const [first] = left.answers.values();
  const rows = first?.shape[0] ?? 0;
  const methods = [...left.answers.keys()].join(" and ");
  const all = (said: string): SampleComparison => ({
    tier: "differs",
    rows,
    differing: rows,
    flips: 0,
    worst: 0,
    said,
  });
  if (rows === 0) return all("no answer was kept");
  if (again === null) return all(`${methods} was not asked again`);
  const right = readSample(again);
  const found: Found = { isExact: true, differing: new Set(), flips: new Set(), worst: 0 };
  if (!isSameQuestion(left, right, found, tolerance)) return all(`${methods} was asked about other rows`);
  for (const [method, before] of left.answers) {
    const after = right.answers.get(method);
    if (after === undefined || !isOneForm(before, after)) return all(`${method} answers in another form`);
    compareArrays(before, after, found, tolerance);
  }
  const { differing, flips, worst } = found;
  const tier = differing.size > 0 ? "differs" : found.isExact ? "E0" : "E1";
  const difference = `the largest difference is ${worst.toExponential(1)}`;
  const outcome = {
    E0: "identical",
    E1: difference,
    differs: `${differing.size.toLocaleString("en-US")} differ, ${flips.size === 0 ? "" : `${flips.size.toLocaleString("en-US")} of them by another label, `}${difference}`,
  }[tier];
  const said = `${methods} of ${counted(rows, "row")}: ${outcome}`;
  return { tier, rows, differing: differing.size, flips: flips.size, worst, said };
}

interface Found {
  isExact: boolean;
  readonly differing: Set<number>;
  readonly flips: Set<number>;
  worst: number;
}

/** Whether the same was asked, but for the last digits of what was computed before. */
function isSameQuestion(left: Sample, right: Sample, found: Found, tolerance: number): boolean {
  if (left.asked.length !== right.asked.length) return false;
  if (JSON.stringify(left.columns) !== JSON.stringify(right.columns)) return false;
  const asked: Found = { isExact: true, differing: new Set(), flips: new Set(), worst: 0 };
  for (const [at, block] of left.asked.entries()) {
    const other = right.asked[at]!;
    if (!isOneForm(block, other)) return false;
    compareArrays(block, other, asked, tolerance);
  }
  found.isExact = asked.isExact;
  return asked.differing.size === 0;
}

function isOneForm(left: SampleArray, right: SampleArray): boolean {
  return JSON.stringify(left.shape) === JSON.stringify(right.shape);
}

function compareArrays(left: SampleArray, right: SampleArray, found: Found, tolerance: number): void {
  const width = left.values.length / Math.max(1, left.shape[0] ?? 1);
  const epsilon = Math.max(left.epsilon ?? 0, right.epsilon ?? 0);
  const relative = epsilon === 0 ? 0 : Math.max(tolerance, 4 * epsilon);
  const sizeAt = sizesAround(left, right, width);
  for (const [at, a] of left.values.entries()) {
    const b = right.values[at]!;
    if (a === b || Object.is(a, b)) continue;
    found.isExact = false;
    const row = Math.floor(at / width);
    if (epsilon === 0) found.flips.add(row);
    if (typeof a !== "number" || typeof b !== "number" || !Number.isFinite(a) || !Number.isFinite(b)) {
      found.differing.add(row);
      continue;
    }
    const distance = Math.abs(a - b);
    found.worst = Math.max(found.worst, distance);
    if (distance <= relative * Math.max(Math.abs(a), Math.abs(b))) continue;
    if (distance > 8 * epsilon * sizeAt(at)) found.differing.add(row);
  }
}

/**
 * How large the numbers around one are, for where most of a sum cancels its rounding is of the size of what was added: the largest of its row,
 * or the median of its column. Not the largest of all, which would excuse every small one.
 */
function sizesAround(left: SampleArray, right: SampleArray, width: number): (at: number) => number {
  const medians = new Map<number, number>();
  return (at) => {
    const column = at % width;
    if (!medians.has(column)) {
      const sizes = sizesOf(left.values.filter((_, place) => place % width === column));
      medians.set(column, sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 0);
    }
    const row = [left, right].flatMap(({ values }) => values.slice(at - column, at - column + width));
    return sizesOf(row).reduce((largest, each) => Math.max(largest, each), medians.get(column) ?? 0);
  };
}

function sizesOf(values: SampleArray["values"]): number[] {
  return values.flatMap((each) =>
    typeof each === "number" && Number.isFinite(each) ? [Math.abs(each)] : [],
  );
}

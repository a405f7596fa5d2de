import { counted } from "../../counted.ts";
import { readSample, type SampleArray } from "../samples/read-sample.ts";

/** How far an answer may be from what it was, in proportion to its size and to that of all answers. */
export const ANSWER_TOLERANCE = 1e-9;

/** What a model answered then and again, to the same rows. */
export interface SampleComparison {
  /** E0: the same bytes. E1: every number within the tolerance, and every label the same. */
  readonly tier: "E0" | "E1" | "differs";
  readonly rows: number;
  /** Rows that are answered otherwise. */
  readonly differing: number;
  /** The largest difference of two numbers; 0 where none differ. */
  readonly worst: number;
  /** In one sentence. */
  readonly said: string;
}

/** Compares two samples of one model's answers, as a run keeps them; null where it did not answer again. Fails as `readSample` does. */
export function compareSamples(recorded: Uint8Array, again: Uint8Array | null): SampleComparison {
  const left = readSample(recorded);
  const [first] = left.answers.values();
  const rows = first?.shape[0] ?? 0;
  const methods = [...left.answers.keys()].join(" and ");
  const all = (said: string): SampleComparison => ({
    tier: "differs",
    rows,
    differing: rows,
    worst: 0,
    said,
  });
  if (again === null) return all(`${methods} was not asked again`);
  if (Buffer.compare(recorded, again) === 0)
    return {
      tier: "E0",
      rows,
      differing: 0,
      worst: 0,
      said: `${methods} of ${counted(rows, "row")}: identical`,
    };
  const right = readSample(again);
  if (!isSameQuestion(left.asked, right.asked)) return all(`${methods} was asked about other rows`);
  const differing = new Set<number>();
  let worst = 0;
  for (const [method, before] of left.answers) {
    const after = right.answers.get(method);
    if (after === undefined || JSON.stringify(after.shape) !== JSON.stringify(before.shape))
      return all(`${method} answers in another form`);
    worst = Math.max(worst, compareAnswers(before, after, differing));
  }
  if (differing.size === 0)
    return {
      ...{ tier: "E1", rows, differing: 0, worst },
      said: `${methods} of ${counted(rows, "row")}: the largest difference is ${worst.toExponential(1)}`,
    };
  return {
    ...{ tier: "differs", rows, differing: differing.size, worst },
    said: `${methods} of ${counted(rows, "row")}: ${differing.size.toLocaleString("en-US")} differ, the largest difference is ${worst.toExponential(1)}`,
  };
}

function isSameQuestion(left: readonly SampleArray[], right: readonly SampleArray[]): boolean {
  return (
    left.length === right.length &&
    left.every((block, at) => {
      const other = right[at]!;
      const rows = new Set<number>();
      compareAnswers(block, other, rows);
      return JSON.stringify(block.shape) === JSON.stringify(other.shape) && rows.size === 0;
    })
  );
}

/** Adds the rows in which two arrays differ, and answers the largest difference. */
function compareAnswers(left: SampleArray, right: SampleArray, differing: Set<number>): number {
  const width = left.values.length / Math.max(1, left.shape[0] ?? 1);
  const size = typicalSize(left);
  let worst = 0;
  for (const [at, a] of left.values.entries()) {
    const b = right.values[at];
    if (Object.is(a, b)) continue;
    const row = Math.floor(at / width);
    if (typeof a !== "number" || typeof b !== "number") {
      differing.add(row);
      continue;
    }
    const distance = Math.abs(a - b);
    if (distance > worst) worst = distance;
    if (!(distance <= ANSWER_TOLERANCE * Math.max(Math.abs(a), Math.abs(b), size))) differing.add(row);
  }
  return worst;
}

/** The root of the mean square of what is finite: what a difference near zero is held against. */
function typicalSize({ values }: SampleArray): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (typeof value !== "number" || !Number.isFinite(value)) continue;
    sum += value * value;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

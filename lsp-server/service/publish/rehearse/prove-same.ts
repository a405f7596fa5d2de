import type { Metric, ModelFit, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import {
  compareSamples,
  type SampleComparison,
} from "@lookback/kernel-bridge/ledger/reproduce/compare-samples.ts";

/** How far two scores may be apart, in proportion. */
const SCORE_TOLERANCE = 1e-9;

/** Whether what ran again made what the run had made: the model's own answers, and every score. */
export interface Proof {
  /** `nothing`: the run kept neither the model's bytes nor an answer of it, so nobody can say. */
  readonly model: "bytes" | "answers" | "differs" | "nothing";
  /** The fit that was compared, as the observer of what ran again calls it; null where it did not say. */
  readonly fit: string | null;
  /** What was compared of the model, one line each. */
  readonly answers: readonly SampleComparison[];
  /** Every score, in the order in which the run computed it. */
  readonly scores: readonly ScoreAgain[];
}

interface ScoreAgain {
  readonly cellId: string;
  readonly name: string;
  readonly recorded: number;
  /** Null: it was not computed again. */
  readonly again: number | null;
  readonly isSame: boolean;
}

export function isProved({ model, scores }: Proof): boolean {
  return (model === "bytes" || model === "answers") && scores.every(({ isSame }) => isSame);
}

/** Reads the bytes that a run keeps by their SHA-256; null where they are not stored. */
export type ReadKept = (sha256: string) => Promise<Uint8Array | null>;

/** Compares two runs of the same cells by the model in a variable and by their scores. `ran` are the cells that ran again. */
export async function proveSame(
  recorded: { readonly run: Run; readonly kept: ReadKept },
  again: { readonly run: Run; readonly kept: ReadKept },
  variable: string,
  ran: ReadonlySet<string>,
): Promise<Proof> {
  const before = lastFit(recorded.run, variable);
  const after = lastFit(again.run, variable);
  const scores = scoresAgain(recorded.run, again.run, ran);
  if (before === null || after === null || before.className !== after.className)
    return { model: before === null ? "nothing" : "differs", fit: null, answers: [], scores };
  const answers: SampleComparison[] = [];
  const left = [...after.samples];
  const last = { before: lastAsked(before), after: lastAsked(after) };
  for (const sample of before.samples) {
    const isAsked = sample.why === "fit";
    // Of what it answered at the end of cells the last counts, whichever cell that was: what a cell asked that did not run again, nobody asked.
    if (isAsked ? sample !== last.before : sample.cellId !== null && !ran.has(sample.cellId)) continue;
    const at = left.findIndex(
      ({ cellId, why }) =>
        (why ?? "score") === (sample.why ?? "score") && (sample.cellId === null || cellId === sample.cellId),
    );
    const [other] = isAsked ? [last.after] : at < 0 ? [] : left.splice(at, 1);
    // A machine that others keep busy may be too slow to be asked: that says nothing of the model.
    if (other === undefined && (isAsked || (sample.why === "call" && last.after !== undefined))) continue;
    const bytes = await recorded.kept(sample.sha256);
    if (bytes !== null)
      answers.push(compareSamples(bytes, other === undefined ? null : await again.kept(other.sha256)));
  }
  const isBytes = before.kept !== null && before.kept.sha256 === after.kept?.sha256;
  const model = answers.some(({ tier }) => tier === "differs")
    ? "differs"
    : isBytes
      ? "bytes"
      : answers.length > 0
        ? "answers"
        : "nothing";
  return { model, fit: after.model ?? null, answers, scores };
}

function lastAsked({ samples }: ModelFit) {
  return samples.findLast(({ why }) => why === "fit");
}

function lastFit({ models }: Run, variable: string): ModelFit | null {
  return models.findLast((fit) => fit.variable === variable && fit.predicts !== false) ?? null;
}

/** Scores as the sequence that each cell computed: of a cell that ran twice then, the sequence of its last time. */
function scoresAgain(recorded: Run, again: Run, ran: ReadonlySet<string>): ScoreAgain[] {
  const after = byCell(again.metrics);
  return [...byCell(recorded.metrics)].flatMap(([cellId, metrics]): ScoreAgain[] => {
    if (!ran.has(cellId)) return [];
    const times = recorded.cells.filter((cell) => cell.cellId === cellId).length;
    const now = after.get(cellId) ?? [];
    const last = times > 1 && now.length > 0 ? metrics.slice(-now.length) : metrics;
    return last.map((metric, at) => {
      const other = now[at]?.name === metric.name ? now[at].value : null;
      return {
        cellId,
        name: metric.name,
        recorded: metric.value,
        again: other,
        isSame: other !== null && isNear(metric.value, other),
      };
    });
  });
}

function byCell(metrics: readonly Metric[]): Map<string, Metric[]> {
  const cells = new Map<string, Metric[]>();
  for (const metric of metrics) cells.set(metric.cellId, [...(cells.get(metric.cellId) ?? []), metric]);
  return cells;
}

function isNear(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= SCORE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
